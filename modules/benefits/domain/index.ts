export { benefitAmount, checkPercent, type BenefitAmount, type BenefitAmountInput } from '../contract/benefit-amount.ts';
export { monthOfName, PLACES, readAwardRow, type AwardBroken, type AwardItem, type AwardPart, type AwardRead, type DbfRecord } from './award-row.ts';
export { AWARD_LAYOUTS, LAYOUTS, recogniseLayout, type AwardLayout, type LayoutField } from './dbf-layouts.ts';
export { type Form2, type Form2Block, type Form2Line, type Form2Row } from '../contract/form2.ts';
export { makeForm2 } from './form2.ts';
export { reliefOf, type BillRelief, type Regime, type ServiceRelief } from '../contract/relief.ts';
export { scaleOf } from './quantity-scale.ts';
export { subsidy, type Subsidy, type SubsidyInput } from './subsidy.ts';
