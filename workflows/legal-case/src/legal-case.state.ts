import type { LegalCaseCarry, LegalCaseSituation, LegalCaseStep } from '@komplat/legal/contract/case-workflows';
import type { Commanded } from '@komplat/temporal/workflow';

/** What the process of a case knows; no clock, no Temporal. The truth is in the database. */
export class LegalCaseState implements Commanded {
  paused = false;
  private rung = true;
  private ended = false;
  private stage: LegalCaseCarry['stage'];

  constructor(private readonly carried: LegalCaseCarry) {
    this.stage = carried.stage;
  }

  /** The database is about to be asked: what rings from now on may not be in its answer. */
  beginLook(): void {
    this.rung = false;
  }

  /** The database was asked. */
  see(situation: LegalCaseSituation): LegalCaseStep {
    this.paused = this.paused || situation.paused;
    this.ended = situation.step === 'end';
    return situation.step;
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

  /** Something happened that is worth another look; a pause holds it. */
  get mayLook(): boolean {
    return this.rung && !this.paused;
  }

  ring(): void {
    this.rung = true;
  }

  mayPause(): string | null {
    if (this.ended) return 'legal.case.process-ended';
    return this.paused ? 'legal.case.process-paused' : null;
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused ? null : 'legal.case.process-not-paused';
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  /** A case is closed by an act, never by stopping its clock. */
  mayStop(): string {
    return 'legal.case.process-not-stopped';
  }

  stop(): void {
    this.ring();
  }

  mayRetry(): string | null {
    return this.paused ? 'legal.case.process-paused' : null;
  }

  retry(): void {
    this.ring();
  }
}
