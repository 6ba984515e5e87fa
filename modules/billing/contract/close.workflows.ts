/** Queue of the workflows and of short activities of billing. */
export const BILLING_QUEUE = 'billing';
/** Batches of the close: a queue of its own, two at once for the whole site. */
export const CLOSE_QUEUE = 'billing-close';

export const MONTH_CLOSE = 'billing.month-close';
export const CLOSE_LANE = 'billing.close-lane';

/** `billing.month-close/2026-11`: the server lets one run of an id live, so a month closes once at a time. */
export const monthCloseId = (period: string): string => `${MONTH_CLOSE}/${period}`;
/** The dry run writes nothing, so it may run beside the close. */
export const trialCloseId = (period: string): string => `${MONTH_CLOSE}-trial/${period}`;
export const closeLaneId = (period: string, provider: string): string => `${CLOSE_LANE}/${period}/${provider}`;

export const CLOSE_PHASES = ['feed', 'gates', 'accrual', 'verification', 'release', 'settlement', 'locked'] as const;
export type ClosePhase = (typeof CLOSE_PHASES)[number];

/** Input of the parent process. Ids only. */
export interface MonthCloseInput {
  readonly v: 1;
  readonly period: string;
  /** Codes; all providers of the month when absent. */
  readonly providers?: readonly string[];
  readonly startedBy: string;
  readonly dryRun?: boolean;
}
export interface MonthCloseResult {
  readonly outcome: 'locked' | 'partial' | 'trial';
  readonly locked: number;
  readonly stopped: number;
}

/** A lane: one provider in one month. */
export interface LaneRef {
  readonly period: string;
  readonly providerId: number;
  readonly provider: string;
}
export interface CloseLaneInput extends LaneRef {
  readonly v: 1;
  readonly startedBy: string;
  /** Every second lane takes its batches from the other end, so that two lanes rarely wait for the same accounts. */
  readonly backwards: boolean;
}
export interface CloseLaneResult {
  readonly outcome: 'locked' | 'stopped';
}

/** Where a lane stands in the database: the truth a new process goes on from. */
export interface LaneSnapshot {
  readonly phase: ClosePhase;
  readonly paused: boolean;
}
export interface AccrualPlan {
  /** Numbers of the batches that are not accrued yet. */
  readonly open: readonly number[];
}
export interface AccrualCheck {
  /** False when more accounts failed than the threshold allows: the lane halts until somebody retries. */
  readonly withinThreshold: boolean;
}
export interface GateCheck {
  readonly red: number;
}
export interface VerificationResult {
  readonly differences: number;
}
export interface ReleaseCheck {
  readonly released: boolean;
}
/** Batches whose balances are not written yet. */
export interface BalancePlan {
  readonly open: readonly number[];
}

export type LaneCommand = 'pause' | 'resume' | 'stop' | 'retry-failed';
export interface LaneCommandRecord {
  readonly lane: LaneRef;
  readonly command: LaneCommand;
  readonly by: string;
  readonly reason: string;
}

/** Short activities, on the queue of billing. Every one may run twice: it looks at the database first. */
export interface CloseActivities {
  planClose(input: MonthCloseInput): Promise<readonly LaneRef[]>;
  openLane(input: CloseLaneInput): Promise<LaneSnapshot>;
  checkFeed(lane: LaneRef): Promise<{ readonly ready: boolean }>;
  measureGates(lane: LaneRef): Promise<GateCheck>;
  planAccrual(lane: LaneRef): Promise<AccrualPlan>;
  checkAccrual(lane: LaneRef): Promise<AccrualCheck>;
  releaseLane(lane: LaneRef): Promise<ReleaseCheck>;
  planBalances(lane: LaneRef): Promise<BalancePlan>;
  lockLane(lane: LaneRef): Promise<void>;
  recordCommand(record: LaneCommandRecord): Promise<void>;
  /** `failed`: the process waits for a person; `code` is what the refusing rule said. */
  markLane(lane: LaneRef, state: 'stopped' | 'failed', code: string): Promise<void>;
  finishClose(input: MonthCloseInput, result: MonthCloseResult): Promise<void>;
}

/** Long activities, on the queue of the close. */
export interface CloseBatchActivities {
  accrueBatch(lane: LaneRef, batch: number): Promise<void>;
  retryLane(lane: LaneRef): Promise<void>;
  verifyLane(lane: LaneRef): Promise<VerificationResult>;
  rollBatch(lane: LaneRef, batch: number): Promise<void>;
  trialLane(input: MonthCloseInput, lane: LaneRef): Promise<void>;
}
