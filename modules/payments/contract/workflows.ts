/** Queue of the workflows and activities of payments. */
export const PAYMENTS_QUEUE = 'payments';
export const STATEMENT_IMPORT = 'payments.statement-import';

/** One process for one file: `payments.statement-import/<importId>`. */
export const statementImportId = (importId: string): string => `${STATEMENT_IMPORT}/${importId}`;

export interface StatementImportInput {
  readonly v: 1;
  readonly importId: string;
  readonly startedBy: string;
}

/** What the database says is to be done next. `wait` = a person has to decide, `end` = nothing more. */
export type ImportStep = 'stage' | 'wait' | 'post' | 'roll-back' | 'end';
export interface ImportSituation {
  readonly step: ImportStep;
  readonly paused: boolean;
}
export type ImportCommand = 'pause' | 'resume' | 'stop' | 'retry-failed';

/** Every one may run twice: it looks at the database first. */
export interface ImportActivities {
  importSituation(importId: string): Promise<ImportSituation>;
  /** Reads the whole file into rows; the result (staged, mismatch, refused) stands in the database. */
  stageImport(importId: string): Promise<void>;
  /** One batch of rows in one transaction; `left` = there are more. */
  postImportBatch(importId: string): Promise<{ readonly left: boolean }>;
  rollBackImportBatch(importId: string): Promise<{ readonly left: boolean }>;
  recordImportCommand(record: {
    readonly importId: string;
    readonly command: ImportCommand;
    readonly by: string;
    readonly reason: string;
  }): Promise<void>;
  /** The step failed for good: shown until a person retries. */
  markImportFailed(importId: string, code: string): Promise<void>;
}
