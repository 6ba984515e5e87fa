import type { ImportStep } from '@komplat/payments/contract/workflows';
import { StepState } from '@komplat/temporal/workflow';

/** What the process of a file knows. The truth is in the database. */
export class ImportState extends StepState<ImportStep> {
  constructor() {
    super('stage', 'payments.import');
  }

  /** Rows that are accepted already are taken back by a roll back, not by a stop. */
  override mayStop(): string | null {
    return this.last === 'post' || this.last === 'roll-back' || this.last === 'end' ? 'payments.import.process-posting' : null;
  }
}
