import type { CorrectionSituation, CorrectionStep } from '@komplat/registry/contract/workflows';

/** What the process of a proposal knows; no clock, no Temporal. The truth is in the database. */
export class CorrectionState {
  paused = false;
  stopping = false;
  private rung = true;
  private last: CorrectionStep = 'wait';

  /** The database is about to be asked: who rings from now on is heard by the next look. */
  beginLook(): void {
    this.rung = false;
  }

  /** The database was asked: what is to be done next. */
  see(situation: CorrectionSituation): CorrectionStep {
    this.paused = this.paused || situation.paused;
    this.last = situation.step;
    return situation.step;
  }

  /** Something happened that is worth another look. A pause stops the terms, not a stop. */
  get mayLook(): boolean {
    return this.stopping || (this.rung && !this.paused);
  }

  /** A term passed: nobody rang, but the clock did. */
  ring(): void {
    this.rung = true;
  }

  mayPause(): string | null {
    if (this.last === 'end') return 'registry.proposal.process-ended';
    return this.paused ? 'registry.proposal.process-paused' : null;
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused ? null : 'registry.proposal.process-not-paused';
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  mayStop(): string | null {
    return this.last === 'end' ? 'registry.proposal.process-ended' : null;
  }

  stop(): void {
    this.stopping = true;
    this.paused = false;
    this.ring();
  }

  mayRetry(): string | null {
    return this.paused ? 'registry.proposal.process-paused' : null;
  }

  retry(): void {
    this.ring();
  }
}
