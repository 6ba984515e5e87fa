import { zInstant, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const RUN_STATES = ['planned', 'running', 'halted', 'stopped', 'done'] as const;
export const OUTCOMES = ['not_started', 'done', 'failed', 'skipped'] as const;

/** A run puts bills on paper, or sends them by e-mail to holders who agreed. */
export const RUN_KINDS = ['print', 'mail'] as const;

/** Whose bills go out: all accounts of the month, those of a district or a house, or one account. */
export const RunRequest = z.strictObject({
  kind: z.enum(RUN_KINDS).default('print'),
  month: zPeriod,
  district: z.number().int().min(0).max(99).optional(),
  house: z.string().max(20).optional(),
  account: z.string().regex(/^\d{10}$/).optional(),
  /** Bills of one PDF. */
  jobSize: z.number().int().min(1).max(200).default(100),
  /** Most bills that one postman takes; houses are not divided between postmen unless one is larger. */
  batchSize: z.number().int().min(10).max(2000).default(400),
});
export type RunRequest = z.infer<typeof RunRequest>;
export const RunParams = z.object({ id: z.uuid() });
export type RunParams = z.infer<typeof RunParams>;
export const RunCommand = z.strictObject({ reason: z.string().trim().min(5).max(200) });
export type RunCommand = z.infer<typeof RunCommand>;

const Counts = z.object({ notStarted: z.number().int(), done: z.number().int(), failed: z.number().int(), skipped: z.number().int() });
/** The four outcomes add up to the plan at every moment. */
export const RunView = z
  .object({
    id: z.string(),
    kind: z.enum(RUN_KINDS),
    month: zPeriod,
    state: z.enum(RUN_STATES),
    reason: z.string().nullable(),
    retryOf: z.string().nullable(),
    requestedBy: z.string(),
    plannedAt: zInstant,
    finishedAt: zInstant.nullable(),
    workflowId: z.string(),
    planned: z.number().int(),
    counts: Counts,
    jobs: z.number().int(),
    jobsDone: z.number().int(),
    batches: z.number().int(),
    pages: z.number().int(),
  })
  .meta({ id: 'bills.RunView' });
export type RunView = z.infer<typeof RunView>;
export const RunList = z.object({ items: z.array(RunView), next: z.null() }).meta({ id: 'bills.RunList' });
export type RunList = z.infer<typeof RunList>;

export const RunJobView = z.object({
  job: z.number().int(),
  batch: z.number().int(),
  postcode: z.string(),
  bills: z.number().int(),
  state: z.enum(['waiting', 'done', 'failed']),
  pages: z.number().int().nullable(),
  first: z.string(),
  last: z.string(),
  error: z.string().nullable(),
});
export type RunJobView = z.infer<typeof RunJobView>;
export const RunFailure = z.object({
  account: z.string(),
  outcome: z.enum(OUTCOMES),
  reason: z.string(),
  address: z.string(),
  /** What the mail server answered; the address in it is masked. */
  answer: z.string().nullable(),
});
export type RunFailure = z.infer<typeof RunFailure>;
/** How many accounts have an outcome for one reason. */
export const RunReason = z.object({ outcome: z.enum(OUTCOMES), reason: z.string(), count: z.number().int() });
export type RunReason = z.infer<typeof RunReason>;
export const RunDetail = RunView.extend({ jobList: z.array(RunJobView), reasons: z.array(RunReason), failures: z.array(RunFailure) }).meta({ id: 'bills.RunDetail' });
export type RunDetail = z.infer<typeof RunDetail>;

export const JobFileParams = z.object({
  id: z.uuid(),
  file: z
    .string()
    .regex(/^\d{1,6}\.pdf$/)
    .transform((name) => Number(name.slice(0, -4))),
});
export type JobFileParams = z.infer<typeof JobFileParams>;
export const PageFileParams = z.object({
  id: z.uuid(),
  file: z
    .string()
    .regex(/^\d{10}\.pdf$/)
    .transform((name) => name.slice(0, -4)),
});
export type PageFileParams = z.infer<typeof PageFileParams>;
