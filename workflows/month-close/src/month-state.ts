import type { CloseLaneResult, LaneRef, MonthCloseResult } from '@komplat/billing/contract/close-workflows';

type Outcome = CloseLaneResult['outcome'] | 'running';

/** Which lanes of the month run or have ended. */
export class MonthState {
  private readonly outcomes = new Map<string, Outcome>();
  private started = 0;
  rung = true;

  ring(): void {
    this.rung = true;
  }

  takeRing(): boolean {
    const was = this.rung;
    this.rung = false;
    return was;
  }

  /** Lanes to start now: never seen, or stopped and asked for again. They count as running from here on. */
  missing(plan: readonly LaneRef[]): { lane: LaneRef; backwards: boolean }[] {
    const found = plan.filter(({ provider }) => {
      const outcome = this.outcomes.get(provider);
      return outcome === undefined || outcome === 'stopped';
    });
    return found.map((lane) => {
      this.outcomes.set(lane.provider, 'running');
      this.started += 1;
      return { lane, backwards: this.started % 2 === 0 };
    });
  }

  ended(provider: string, outcome: CloseLaneResult['outcome']): void {
    this.outcomes.set(provider, outcome);
  }

  /** No lane runs and nobody has rung. */
  get done(): boolean {
    return !this.rung && this.count('running') === 0;
  }

  result(): MonthCloseResult {
    const locked = this.count('locked');
    const stopped = this.count('stopped');
    return { outcome: stopped === 0 ? 'locked' : 'partial', locked, stopped };
  }

  private count(outcome: Outcome): number {
    return [...this.outcomes.values()].filter((value) => value === outcome).length;
  }
}
