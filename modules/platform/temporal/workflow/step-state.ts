import type { Commanded } from './listen.ts';

/** What the database says: the next step; `wait` = people have to act, `end` = nothing more is to be done. */
interface Situation<S extends string> {
  readonly step: S;
  readonly paused: boolean;
}

/**
 * What a process knows that asks the database for its next step; no clock, no Temporal. Codes of refusals stand under `words`:
 * `.process-ended`, `.process-paused`, `.process-not-paused`.
 */
export class StepState<S extends string> implements Commanded {
  paused = false;
  stopping = false;
  private news = true;

  constructor(
    protected last: S,
    private readonly words: string,
  ) {}

  /** The database is about to be asked: what rings from now on may not be in its answer and is worth another look. */
  beginLook(): void {
    this.news = false;
  }

  /** The database was asked: what is to be done next. */
  see(situation: Situation<S>): S {
    this.paused = this.paused || situation.paused;
    this.last = situation.step;
    return situation.step;
  }

  /** Something happened that is worth another look. A pause holds it, not a stop. */
  get mayLook(): boolean {
    return (this.news && !this.paused) || this.stopping;
  }

  /** Somebody rang, a step is done, or a term passed. */
  ring(): void {
    this.news = true;
  }

  /** A step failed for good: a person retries or stops. */
  hold(): void {
    this.news = false;
  }

  mayPause(): string | null {
    return this.ended() ?? this.mayRetry();
  }

  pause(): void {
    this.paused = true;
  }

  mayResume(): string | null {
    return this.paused ? null : `${this.words}.process-not-paused`;
  }

  resume(): void {
    this.paused = false;
    this.ring();
  }

  mayStop(): string | null {
    return this.ended();
  }

  stop(): void {
    this.stopping = true;
    this.paused = false;
    this.ring();
  }

  mayRetry(): string | null {
    return this.paused ? `${this.words}.process-paused` : null;
  }

  retry(): void {
    this.ring();
  }

  private ended(): string | null {
    return this.last === 'end' ? `${this.words}.process-ended` : null;
  }
}
