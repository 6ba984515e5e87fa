import type { ClaimStep } from '@komplat/legal/contract/claim-workflows';
import { StepState } from '@komplat/temporal/workflow';

/** What the process of a run of claims knows. The truth is in the database. */
export class ClaimState extends StepState<ClaimStep> {
  constructor() {
    super('plan', 'legal.claim');
  }
}
