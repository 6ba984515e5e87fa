import type { ImportSituation } from '@komplat/payments/contract/workflows';

/** What the process of a file knows; no clock, no Temporal. The truth is in the database. */
export class ImportState {
  paused = false;
  stopping = false;
  private news = true;
  private last: ImportSituation['step'] = 'stage';

  /** The database was asked: what is to be done next. */
  see(situation: ImportSituation): ImportSituation['step'] {
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
    if (this.last === 'end') return 'payments.import.process-ended';
    return this.paused ? 'payments.import.process-paused' : null;
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused ? null : 'payments.import.process-not-paused';
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  /** Rows that are accepted already are taken back by a roll back, not by a stop. */
  mayStop(): string | null {
    return this.last === 'post' || this.last === 'roll-back' || this.last === 'end'
      ? 'payments.import.process-posting'
      : null;
  }

  stop(): void {
    this.stopping = true;
    this.paused = false;
    this.ring();
  }

  mayRetry(): string | null {
    return this.paused ? 'payments.import.process-paused' : null;
  }

  retry(): void {
    this.ring();
  }
}
