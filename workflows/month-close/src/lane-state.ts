import type { ClosePhase, LaneSnapshot } from '@komplat/billing/contract/close-workflows';

const FIRST_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** Phases whose work a person may order again. */
const REPEATABLE: ReadonlySet<ClosePhase> = new Set(['feed', 'gates', 'accrual', 'verification', 'release']);

/** What a lane's process knows; no clock, no Temporal. The truth is in the database, this is the way through it. */
export class LaneState {
  phase: ClosePhase = 'feed';
  paused = false;
  stopping = false;
  /** Batches still to do in this phase; `null` until they are asked for. */
  batches: number[] | null = null;
  private repeat = false;
  private news = true;
  private waits = 0;
  private opened = false;

  open(snapshot: LaneSnapshot): void {
    this.phase = snapshot.phase;
    this.paused = this.paused || snapshot.paused;
    this.opened = true;
  }

  get ended(): boolean {
    return this.phase === 'locked';
  }

  /** Nothing happens while the lane is paused; a stop is heard always. */
  get runnable(): boolean {
    return this.opened && (!this.paused || this.stopping);
  }

  // ---- commands: a validator says the message key of the refusal, or null -------------------------------------

  mayPause(): string | null {
    if (this.ended) return 'billing.close.lane-locked';
    if (this.stopping) return 'billing.close.lane-stopping';
    return this.paused ? 'billing.close.lane-paused' : null;
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused && !this.stopping ? null : 'billing.close.lane-not-paused';
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  /** After the release bills may be out: only forward from there. */
  mayStop(): string | null {
    if (this.phase === 'settlement' || this.ended) return 'billing.close.lane-released';
    return this.stopping ? 'billing.close.lane-stopping' : null;
  }

  stop(): void {
    this.stopping = true;
  }

  mayRetry(): string | null {
    if (this.paused) return 'billing.close.lane-paused';
    if (this.stopping) return 'billing.close.lane-stopping';
    return REPEATABLE.has(this.phase) ? null : 'billing.close.lane-released';
  }

  retry(): void {
    this.repeat = true;
    this.ring();
  }

  ring(): void {
    this.news = true;
    this.waits = 0;
  }

  /** The time to look again has come; a paused lane looks when it is resumed. */
  ringUnlessPaused(): void {
    if (!this.paused) this.news = true;
  }

  // ---- the way ------------------------------------------------------------------------------------------------

  advance(next: ClosePhase): void {
    this.phase = next;
    this.batches = null;
    this.ring();
  }

  plan(open: readonly number[], backwards: boolean): void {
    this.batches = backwards ? open.toReversed() : [...open];
  }

  /** True once for every order to repeat, in a phase that has something to repeat. */
  takeRepeat(): boolean {
    const asked = this.repeat && (this.phase === 'accrual' || this.phase === 'verification' || this.phase === 'release');
    this.repeat = false;
    return asked;
  }

  /** After the failed accounts were worked on again. */
  repeated(): void {
    if (this.phase === 'release') this.phase = 'verification';
    this.batches = null;
    this.ring();
  }

  /** The phase cannot go on: wait for a ring, or look again after some time. */
  wait(): void {
    this.news = false;
  }

  get waiting(): boolean {
    return !this.news;
  }

  get mayLook(): boolean {
    return this.news || this.stopping || this.repeat;
  }

  /** Longer from look to look, so that a lane that waits for days costs little. */
  nextWaitMs(): number {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.waits, LONGEST_WAIT_MS);
    this.waits += 1;
    return wait;
  }
}
