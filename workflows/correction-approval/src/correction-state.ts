import type { CorrectionStep } from '@komplat/registry/contract/workflows';
import { StepState } from '@komplat/temporal/workflow';

/** What the process of a proposal knows. The truth is in the database. */
export class CorrectionState extends StepState<CorrectionStep> {
  constructor() {
    super('wait', 'registry.proposal');
  }
}
