/** Queue of the workflows and activities of the legal service. */
export const LEGAL_QUEUE = 'legal';
export const COURT_CLAIM = 'legal.court-claim';

/** One process for one run of preparing claims: `legal.court-claim/<runId>`. */
export const courtClaimId = (runId: string): string => `${COURT_CLAIM}/${runId}`;

export interface CourtClaimInput {
  readonly v: 1;
  readonly runId: string;
  readonly startedBy: string;
}

/** What the database says is to be done next. `wait` = people have to decide or to act, `end` = nothing more. */
export type ClaimStep = 'plan' | 'refresh' | 'check' | 'freeze' | 'pack' | 'sign' | 'wait' | 'end';
export interface ClaimSituation {
  readonly step: ClaimStep;
  readonly paused: boolean;
}
export type ClaimCommand = 'pause' | 'resume' | 'stop' | 'retry-failed';

/** Every one may run twice: it looks at the database first, and works on the items that wait for this step. */
export interface ClaimActivities {
  claimSituation(runId: string): Promise<ClaimSituation>;
  /** Open months of the chosen accounts become items, an outcome for every account. */
  planClaims(runId: string): Promise<void>;
  /** Items whose data changed are cut out of today's open months again; their packs are withdrawn. */
  refreshClaims(runId: string): Promise<void>;
  checkClaims(runId: string): Promise<void>;
  /** One batch: the calculation of each item is frozen. */
  freezeClaims(runId: string): Promise<void>;
  /** One batch of packs. */
  packClaims(runId: string): Promise<void>;
  /** One batch of signatures under what was approved. */
  signClaims(runId: string): Promise<void>;
  recordClaimCommand(record: {
    readonly runId: string;
    readonly command: ClaimCommand;
    readonly by: string;
    readonly reason: string;
  }): Promise<void>;
  /** The step failed for good: shown until a person retries. */
  markClaimFailed(runId: string, code: string): Promise<void>;
}
