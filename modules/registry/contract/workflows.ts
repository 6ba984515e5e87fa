/** Queue of the workflows and activities of the registry. */
export const REGISTRY_QUEUE = 'registry';
export const CORRECTION_APPROVAL = 'registry.correction-approval';

/** One process for one proposal: `registry.correction-approval/<proposalId>`. */
export const correctionApprovalId = (proposalId: string): string => `${CORRECTION_APPROVAL}/${proposalId}`;

export interface CorrectionApprovalInput {
  readonly v: 1;
  readonly proposalId: string;
  readonly startedBy: string;
}

/** What the database says is to be done next. `wait` = the other side has to decide, `end` = nothing more. */
export type CorrectionStep = 'wait' | 'remind' | 'escalate' | 'expire' | 'end';
export interface CorrectionSituation {
  readonly step: CorrectionStep;
  readonly paused: boolean;
  /** How long until the next term; 0 when nothing is waited for. */
  readonly waitMs: number;
}
export type CorrectionCommand = 'pause' | 'resume' | 'stop' | 'retry-failed';

/** Every one may run twice: it looks at the database first. */
export interface CorrectionActivities {
  correctionSituation(proposalId: string): Promise<CorrectionSituation>;
  /** The term of the decision is over: the other side is reminded. */
  remindCorrection(proposalId: string): Promise<void>;
  /** Still no decision: whoever may correct decides as well. */
  escalateCorrection(proposalId: string): Promise<void>;
  /** Nobody decided: the proposal ends, nothing is changed. */
  expireCorrection(proposalId: string): Promise<void>;
  recordCorrectionCommand(record: {
    readonly proposalId: string;
    readonly command: CorrectionCommand;
    readonly by: string;
    readonly reason: string;
  }): Promise<void>;
  markCorrectionFailed(proposalId: string, code: string): Promise<void>;
}
