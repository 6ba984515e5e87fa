import { listOf, zDay, zInstant, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { AGES } from './analysis-reports.schema.ts';
import { HOLD_KINDS } from './analysis.schema.ts';

export const STEPS = ['reminder', 'warning', 'pretension', 'court'] as const;
export type StepCode = (typeof STEPS)[number];
/** done: the step was taken; held: a hold stands; waiting: the step before was not taken, or its term runs; repeated: taken not long ago. */
export const OUTCOMES = ['done', 'held', 'waiting', 'repeated'] as const;
export type DunningOutcome = (typeof OUTCOMES)[number];
export const zProviderCode = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/);
export const zAccountNumber = z.string().transform((text) => text.replaceAll(/\s/g, '')).pipe(z.string().regex(/^\d{10}$/));
export const zReason = z.string().trim().min(10).max(500);

export const DunningStep = z
  .object({
    code: z.enum(STEPS),
    strategy: z.string(),
    inForce: z.boolean(),
    minDebt: zMoney,
    minMonths: z.number().int(),
    waitDays: z.number().int().describe('working days after the step before'),
    repeatDays: z.number().int().describe('calendar days in which the step is not taken again'),
    from: zDay,
    decision: z.string(),
    mark: z.string(),
  })
  .meta({ id: 'DunningStep' });
export type DunningStep = z.infer<typeof DunningStep>;
export const DunningSteps = z.object({ items: z.array(DunningStep) }).meta({ id: 'DunningSteps' });
export type DunningSteps = z.infer<typeof DunningSteps>;

const zStrategy = z.string().regex(/^[a-z-]{1,20}$/);
/** A change of the steps: it counts when a second person agreed. */
export const DunningChange = z.discriminatedUnion('change', [
  z.strictObject({
    change: z.literal('step'),
    strategy: zStrategy,
    step: z.enum(STEPS),
    minDebt: zMoney.refine((sum) => !sum.startsWith('-'), { error: 'kernel.money.malformed' }),
    minMonths: z.number().int().min(1).max(600),
    waitDays: z.number().int().min(0).max(366).describe('working days after the step before'),
    repeatDays: z.number().int().min(1).max(3_660),
    from: zDay.describe('the first day of the new rule; the old one stands until then'),
    reason: zReason,
  }),
  z.strictObject({ change: z.literal('in-force'), strategy: zStrategy, reason: zReason }),
  z.strictObject({
    change: z.literal('strategy'),
    strategy: zStrategy.describe('code of the new one'),
    like: zStrategy.describe('whose steps it takes'),
    reason: zReason,
  }),
]);
export type DunningChange = z.infer<typeof DunningChange>;
/** What a second person has to agree to. */
export const ChangeAsked = z.object({ approvalId: z.string() }).meta({ id: 'DebtChangeAsked' });
export type ChangeAsked = z.infer<typeof ChangeAsked>;

export const PreviewQuery = z.object({ step: z.enum(STEPS), provider: zProviderCode.optional() });
export type PreviewQuery = z.infer<typeof PreviewQuery>;
const counts = { planned: z.number().int(), done: z.number().int(), held: z.number().int(), waiting: z.number().int(), repeated: z.number().int() };
/** What the step would do today: every account and creditor past the threshold has one outcome; the four add up to the plan. */
export const DunningPreview = z
  .object({
    step: z.enum(STEPS),
    asOf: zDay,
    ...counts,
    debt: zMoney.describe('of those for whom the step would be taken'),
    rows: z.array(z.object({ provider: z.string(), providerName: z.string(), ...counts, debt: zMoney })),
  })
  .meta({ id: 'DunningPreview' });
export type DunningPreview = z.infer<typeof DunningPreview>;

export const DunningOrder = z.strictObject({
  step: z.enum(STEPS),
  provider: zProviderCode.optional(),
  expected: z.strictObject({ planned: z.number().int(), done: z.number().int(), debt: zMoney }).describe('as the preview showed'),
  reason: zReason,
});
export type DunningOrder = z.infer<typeof DunningOrder>;
export const DunningRun = z
  .object({
    id: z.uuid(),
    step: z.enum(STEPS),
    asOf: zDay,
    provider: z.string().nullable(),
    ...counts,
    debt: zMoney,
    reason: z.string(),
    madeBy: z.string(),
    madeAt: zInstant,
  })
  .meta({ id: 'DunningRun' });
export type DunningRun = z.infer<typeof DunningRun>;
export const RunsQuery = zListAsk.extend({ step: z.enum(STEPS).optional() });
export type RunsQuery = z.infer<typeof RunsQuery>;
export const DunningRuns = listOf(DunningRun).meta({ id: 'DunningRuns' });
export type DunningRuns = z.infer<typeof DunningRuns>;
export const RunParams = z.object({ id: z.uuid() });
export type RunParams = z.infer<typeof RunParams>;
export const NoticesQuery = zListAsk.extend({ outcome: z.enum(OUTCOMES).optional() });
export type NoticesQuery = z.infer<typeof NoticesQuery>;
export const DunningNotice = z
  .object({
    id: z.string(),
    account: z.string(),
    holder: z.string(),
    provider: z.string(),
    outcome: z.enum(OUTCOMES),
    debt: zMoney,
    months: z.number().int(),
    oldest: zPeriod,
    hold: z.enum(HOLD_KINDS).nullable(),
  })
  .meta({ id: 'DunningNotice' });
export type DunningNotice = z.infer<typeof DunningNotice>;
export const DunningNotices = listOf(DunningNotice).meta({ id: 'DunningNotices' });
export type DunningNotices = z.infer<typeof DunningNotices>;

export const SimulationQuery = z.object({ strategy: zProviderCode });
export type SimulationQuery = z.infer<typeof SimulationQuery>;
const zTaken = z.object({ count: z.number().int(), debt: zMoney });
/** The last twelve closed months under the strategy in force and under another one. Nothing is written. */
export const DunningSimulation = z
  .object({
    from: zPeriod,
    to: zPeriod,
    strategy: z.string(),
    inForce: z.string(),
    accounts: z.number().int().describe('accounts with a creditor that had a balance in these months'),
    rows: z.array(z.object({ month: zPeriod, step: z.enum(STEPS), now: zTaken, other: zTaken })),
    totals: z.array(z.object({ step: z.enum(STEPS), now: zTaken, other: zTaken })),
  })
  .meta({ id: 'DunningSimulation' });
export type DunningSimulation = z.infer<typeof DunningSimulation>;

/** Kinds that a person writes; the rest come from processes. */
export const OWN_HOLDS = ['dispute', 'contract', 'illness', 'promise'] as const;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;
export const NewHold = z
  .strictObject({
    account: zAccountNumber,
    provider: zProviderCode.optional().describe('one creditor; all when absent'),
    kind: z.enum(OWN_HOLDS),
    from: zDay,
    until: zDay.describe('last day; the hold ends by itself'),
    reason: zReason,
    document: z.string().trim().max(200).optional(),
  })
  .refine(({ from, until }) => from <= until, { error: 'debt.hold.days-reversed', path: ['until'] })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= MOST_DAYS * DAY_MS, { error: 'debt.hold.too-long', path: ['until'] });
export type NewHold = z.infer<typeof NewHold>;
export const HoldEnd = z.strictObject({ reason: zReason });
export type HoldEnd = z.infer<typeof HoldEnd>;
export const HoldParams = z.object({ id: z.uuid() });
export type HoldParams = z.infer<typeof HoldParams>;
export const HoldItem = z
  .object({
    id: z.uuid(),
    provider: z.string().nullable(),
    kind: z.enum(HOLD_KINDS),
    from: zDay,
    until: zDay.nullable(),
    active: z.boolean(),
    reason: z.string(),
    document: z.string().nullable(),
    recordedBy: z.string(),
    recordedAt: zInstant,
    endedBy: z.string().nullable(),
  })
  .meta({ id: 'DebtHold' });
export type HoldItem = z.infer<typeof HoldItem>;

export const AccountParams = z.object({ number: zAccountNumber });
export type AccountParams = z.infer<typeof AccountParams>;
/** Debt of one account: by age and creditor, holds, what was sent. Only what lies in the reader's scope. */
export const AccountDebt = z
  .object({
    today: zDay,
    total: zMoney,
    ages: z.array(z.object({ provider: z.string(), providerName: z.string(), age: z.enum(AGES), debt: zMoney })),
    limitation: z.object({ day: zDay, debt: zMoney, provider: z.string() }).nullable().describe('the nearest end of limitation; acknowledgements are counted'),
    holds: z.array(HoldItem),
    notices: z.array(z.object({ step: z.enum(STEPS), provider: z.string(), on: zDay, outcome: z.enum(OUTCOMES), debt: zMoney })),
  })
  .meta({ id: 'AccountDebt' });
export type AccountDebt = z.infer<typeof AccountDebt>;
