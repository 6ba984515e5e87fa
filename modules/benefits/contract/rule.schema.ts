import { zDay } from '@komplat/kernel';
import { z } from 'zod';

export const PARAMETER_CODES = [
  'subsistence-minimum', 'subsidy-base-coefficient', 'subsidy-base-share-percent', 'income-limit', 'several-holders', 'benefit-against-subsidy',
  'form2-service-code',
] as const;
const act = {
  from: zDay,
  to: zDay.nullable().default(null),
  act: z.string().trim().min(5).max(400),
  mark: z.enum(['confirmed', 'general knowledge', 'needs a lawyer']),
  reason: z.string().trim().min(10).max(500),
};
const zPositive = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, { error: 'benefits.rule.number' });

/** A parameter, or a social norm, with its days and act. */
export const RuleView = z
  .object({
    kind: z.enum(['parameter', 'norm', 'regime']),
    code: z.string(),
    /** Service and equipment of a norm. */
    subject: z.string().nullable(),
    value: z.string(),
    from: zDay.nullable(),
    to: zDay.nullable(),
    act: z.string(),
    mark: z.string(),
  })
  .meta({ id: 'BenefitRule' });
export type RuleView = z.infer<typeof RuleView>;
export const RuleList = z.object({ asOf: zDay, items: z.array(RuleView) }).meta({ id: 'BenefitRuleList' });
export type RuleList = z.infer<typeof RuleList>;
export const RuleQuery = z.object({ asOf: zDay.optional() });
export type RuleQuery = z.infer<typeof RuleQuery>;

/** A new version of a parameter or a norm: asked for by one person, decided by another. */
export const RuleChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('parameter'), code: z.enum(PARAMETER_CODES), value: z.string().trim().min(1).max(2_000), ...act }),
    z.strictObject({
      kind: z.literal('norm'),
      purpose: z.enum(['benefit', 'subsidy', 'both']),
      service: z.string().max(20),
      equipment: z.string().trim().min(3).max(100),
      unit: z.string().trim().min(1).max(40),
      value: zPositive,
      nextPerson: zPositive.nullable().default(null),
      familyAddition: zPositive.default('0'),
      maxValue: zPositive.nullable().default(null),
      ...act,
    }),
  ])
  .meta({ id: 'BenefitRuleChange' });
export type RuleChange = z.infer<typeof RuleChange>;
export const RuleTouched = z
  .object({
    /** Accounts whose benefits the rule decides in its days. */
    accounts: z.number().int(),
    replaces: z.object({ value: z.string(), from: zDay.nullable(), to: zDay.nullable() }).nullable(),
    sample: z.array(z.object({ number: z.string(), address: z.string() })),
  })
  .meta({ id: 'BenefitRuleTouched' });
export type RuleTouched = z.infer<typeof RuleTouched>;
