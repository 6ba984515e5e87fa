import type { LegalCaseCarry, LegalCaseSituation, LegalCaseStep } from '@komplat/legal/contract/case-workflows';
import { StepState } from '@komplat/temporal/workflow';

/** What the process of a case knows. The truth is in the database. */
export class LegalCaseState extends StepState<LegalCaseStep> {
  private stage: LegalCaseCarry['stage'];

  constructor(private readonly carried: LegalCaseCarry) {
    super('wait', 'legal.case');
    this.stage = carried.stage;
  }

  /** The case stands elsewhere than the console was told. */
  hasMoved({ stage }: LegalCaseSituation): boolean {
    return stage !== this.stage;
  }

  /** What the next run begins with. */
  carry(): LegalCaseCarry {
    const { caseId, startedBy, runs } = this.carried;
    return { v: 2, caseId, startedBy, stage: this.stage, runs: runs + 1 };
  }

  /** This run serves the status from now on. */
  enter(stage: LegalCaseSituation['stage']): void {
    this.stage = stage;
  }

  /** A case is closed by an act, never by stopping its clock. */
  override mayStop(): string {
    return 'legal.case.process-not-stopped';
  }

  override stop(): void {
    this.ring();
  }
}
