import type { ClaimSituation, ClaimStep } from '@komplat/legal/contract/claim-workflows';

/** What the process of a run of claims knows; no clock, no Temporal. The truth is in the database. */
export class ClaimState {
  paused = false;
  stopping = false;
  private news = true;
  private last: ClaimStep = 'plan';

  /** The database was asked: what is to be done next. */
  see(situation: ClaimSituation): ClaimStep {
    this.paused = this.paused || situation.paused;
    this.last = situation.step;
    if (situation.step === 'wait') this.news = false;
    return situation.step;
  }

  get mayLook(): boolean {
    return (this.news && !this.paused) || this.stopping;
  }

  ring(): void {
    this.news = true;
  }

  /** A step failed for good: a person retries or stops. */
  hold(): void {
    this.news = false;
  }

  mayPause(): string | null {
    if (this.last === 'end') return 'legal.claim.process-ended';
    return this.paused ? 'legal.claim.process-paused' : null;
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused ? null : 'legal.claim.process-not-paused';
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  mayStop(): string | null {
    return this.last === 'end' ? 'legal.claim.process-ended' : null;
  }

  stop(): void {
    this.stopping = true;
    this.paused = false;
    this.ring();
  }

  mayRetry(): string | null {
    return this.paused ? 'legal.claim.process-paused' : null;
  }

  retry(): void {
    this.ring();
  }
}
