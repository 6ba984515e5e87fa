import type { DeliverySituation } from '@komplat/bills/contract/workflows';

/** What the process of a mass run knows; no clock, no Temporal. The truth is in the database. */
export class DeliveryState {
  paused = false;
  stopping = false;
  private ended = false;
  private held = false;
  /** Pages of jobs since the last continue-as-new. */
  private turns = 0;

  /** The database was asked: the jobs that are printed now. */
  see(situation: DeliverySituation): readonly number[] {
    this.paused = this.paused || situation.paused;
    this.ended = situation.ended;
    this.turns += 1;
    return this.paused || this.stopping ? [] : situation.jobs;
  }

  get isOver(): boolean {
    return this.ended || this.stopping;
  }
  get mayLook(): boolean {
    return (!this.paused && !this.held) || this.stopping;
  }
  /** History stays short: 200 pages of jobs a run of the workflow. */
  get isLong(): boolean {
    return this.turns >= 200;
  }

  ring(): void {
    this.held = false;
    this.ended = false;
  }
  /** A step failed for good: a person goes on or stops. */
  hold(): void {
    this.held = true;
  }

  mayPause(): string | null {
    if (this.isOver) return 'bills.process-ended';
    return this.paused ? 'bills.process-paused' : null;
  }
  pause(): void {
    this.paused = true;
  }
  mayResume(): string | null {
    return this.paused ? null : 'bills.process-not-paused';
  }
  resume(): void {
    this.paused = false;
    this.ring();
  }
  mayStop(): string | null {
    return this.isOver ? 'bills.process-ended' : null;
  }
  stop(): void {
    this.stopping = true;
    this.paused = false;
  }
  mayRetry(): string | null {
    return this.paused ? 'bills.process-paused' : null;
  }

  retry(): void {
    this.ring();
  }
}
