export { benefitAmount, checkPercent, type BenefitAmount, type BenefitAmountInput } from './benefit-amount.ts';
export { BENEFITS_API, type BenefitsApi } from './benefits.api.ts';
export { type Form2, type Form2Block, type Form2Line, type Form2Row } from './form2.ts';
export { reliefOf, type BillRelief, type Regime, type ServiceRelief } from './relief.ts';
export { AmountCalcInput, AmountCalcOutput, SubsidyCalcInput, SubsidyCalcOutput } from './calc.schema.ts';
export { BENEFITS_PERMISSIONS } from './permissions.ts';
export * from './award.schema.ts';
export * from './catalogue.schema.ts';
export * from './holding.schema.ts';
