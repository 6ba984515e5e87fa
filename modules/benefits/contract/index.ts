export { benefitAmount, checkPercent, type BenefitAmount, type BenefitAmountInput } from './benefit-amount.ts';
export { AmountCalcInput, AmountCalcOutput, SubsidyCalcInput, SubsidyCalcOutput } from './calc.schema.ts';
export { BENEFITS_PERMISSIONS } from './permissions.ts';
export * from './award.schema.ts';
export * from './catalogue.schema.ts';
export * from './holding.schema.ts';
