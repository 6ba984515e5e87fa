import { zDay } from '@komplat/kernel';
import { z } from 'zod';
import { zReason } from './meter.schema.ts';

export const RULE_CODES = [
  'average-window',
  'average-limit',
  'reading-most',
  'reading-jump',
  'rollover-share',
  'verification-notice',
  'verification-years',
  'absence-days',
  'heat-break-percent',
  'house-needs-share',
] as const;
export const RuleView = z
  .object({
    id: z.number().int(),
    code: z.enum(RULE_CODES),
    service: z.string().nullable(),
    serviceName: z.string().nullable(),
    value: z.string(),
    unit: z.string(),
    from: zDay,
    /** Last day in force; null = until changed. */
    to: zDay.nullable(),
    act: z.string(),
    mark: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'MeteringRule' });
export type RuleView = z.infer<typeof RuleView>;
export const RuleList = z.object({ items: z.array(RuleView) }).meta({ id: 'MeteringRules' });
export type RuleList = z.infer<typeof RuleList>;
export const RuleChange = z
  .object({
    code: z.enum(RULE_CODES),
    service: z.string().max(20).nullable().default(null),
    value: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/),
    from: zDay,
    act: z.string().trim().min(3).max(200),
    reason: zReason,
  })
  .meta({ id: 'MeteringRuleChange' });
export type RuleChange = z.infer<typeof RuleChange>;
export const RuleAsked = z
  .object({
    approvalId: z.uuid(),
    /** Meters in use of the services that the rule is about. */
    meters: z.number().int(),
    accounts: z.number().int(),
  })
  .meta({ id: 'MeteringRuleAsked' });
export type RuleAsked = z.infer<typeof RuleAsked>;
