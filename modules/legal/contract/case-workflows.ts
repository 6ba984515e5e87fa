import type { CaseStatus } from './case-words.ts';

export { CASE_STATUSES } from './case-words.ts';
export { LEGAL_QUEUE } from './claim-workflows.ts';
export const LEGAL_CASE = 'legal.legal-case';

/** One process for one case, for years: `legal.legal-case/<caseId>`. */
export const legalCaseId = (caseId: string): string => `${LEGAL_CASE}/${caseId}`;

/** What the process carries from one run to the next; older shapes are read as well (`readCarry` of the workflow). */
export interface LegalCaseCarry {
  readonly v: 2;
  readonly caseId: string;
  readonly startedBy: string;
  /** The status that the console was told; null before the first look. */
  readonly stage: CaseStatus | null;
  /** How many runs there were. */
  readonly runs: number;
}

/** What the database says is to be done next. `wait` = a term or a person, `end` = the case is closed. */
export type LegalCaseStep = 'receipts' | 'contract' | 'remind' | 'escalate' | 'wait' | 'end';
export interface LegalCaseSituation {
  readonly step: LegalCaseStep;
  readonly stage: CaseStatus;
  readonly paused: boolean;
  /** How long until the next day that matters; 0 when nothing is waited for. */
  readonly waitMs: number;
}

/** Every one may run twice: it looks at the database first. */
export interface LegalCaseActivities {
  caseSituation(caseId: string): Promise<LegalCaseSituation>;
  /** The case came to another status: the console shows it. */
  beginCaseStage(caseId: string): Promise<void>;
  /** Payments of the account that the case did not see yet are tied to its parts. */
  takeCaseReceipts(caseId: string): Promise<void>;
  /** A restructuring contract stands for this creditor: the course is put aside. */
  parkCaseForContract(caseId: string): Promise<void>;
  remindCase(caseId: string): Promise<void>;
  /** A term is over: the head answers as well. */
  escalateCase(caseId: string): Promise<void>;
  recordCaseCommand(record: {
    readonly caseId: string;
    readonly command: 'pause' | 'resume' | 'stop' | 'retry-failed';
    readonly by: string;
    readonly reason: string;
  }): Promise<void>;
  markCaseFailed(caseId: string, code: string): Promise<void>;
}
