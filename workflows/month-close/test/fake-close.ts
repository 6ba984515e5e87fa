import type {
  CloseActivities,
  CloseBatchActivities,
  ClosePhase,
  LaneRef,
  MonthCloseInput,
  MonthCloseResult,
} from '@komplat/billing/contract/close-workflows';
import { ApplicationFailure } from '@temporalio/common';

interface FakeLane {
  phase: ClosePhase;
  paused: boolean;
  open: Set<number>;
  toRoll: Set<number>;
  redGates: number;
  failed: number;
  differences: number;
  released: boolean;
}
const fresh = (): FakeLane => ({
  phase: 'feed',
  paused: false,
  open: new Set([1, 2, 3]),
  toRoll: new Set([1, 2, 3]),
  redGates: 0,
  failed: 0,
  differences: 0,
  released: true,
});

/** The database of the close as a plain object: what the activities would find. */
export class FakeClose implements CloseActivities, CloseBatchActivities {
  readonly lanes = new Map<string, FakeLane>();
  readonly log: string[] = [];
  result: MonthCloseResult | null = null;
  refuseBatch: string | null = null;
  /** Holds a batch until it is opened. */
  gate: Promise<void> = Promise.resolve();

  lane(provider: string): FakeLane {
    const found = this.lanes.get(provider) ?? fresh();
    this.lanes.set(provider, found);
    return found;
  }

  async planClose(input: MonthCloseInput): Promise<readonly LaneRef[]> {
    const providers = input.providers ?? [...this.lanes.keys()];
    return providers.map((provider, index) => ({ period: input.period, provider, providerId: index + 1 }));
  }
  async openLane({ provider }: LaneRef) {
    this.log.push(`open ${provider}`);
    const { phase, paused } = this.lane(provider);
    return { phase, paused };
  }
  async checkFeed() {
    return { ready: true };
  }
  async measureGates({ provider }: LaneRef) {
    this.log.push(`gates ${provider}`);
    return { red: this.lane(provider).redGates };
  }
  async planAccrual({ provider }: LaneRef) {
    this.lane(provider).phase = 'accrual';
    return { open: [...this.lane(provider).open] };
  }
  async accrueBatch({ provider }: LaneRef, batch: number) {
    await this.gate;
    if (this.refuseBatch) throw ApplicationFailure.nonRetryable(this.refuseBatch, 'DomainError');
    this.lane(provider).open.delete(batch);
    this.log.push(`batch ${provider} ${batch}`);
  }
  async checkAccrual({ provider }: LaneRef) {
    return { withinThreshold: this.lane(provider).failed < 10 };
  }
  async retryLane({ provider }: LaneRef) {
    this.log.push(`retry ${provider}`);
    this.lane(provider).failed = 0;
  }
  async verifyLane({ provider }: LaneRef) {
    this.log.push(`verify ${provider}`);
    return { differences: this.lane(provider).differences };
  }
  async releaseLane({ provider }: LaneRef) {
    return { released: this.lane(provider).released };
  }
  async planBalances({ provider }: LaneRef) {
    return { open: [...this.lane(provider).toRoll] };
  }
  async rollBatch({ provider }: LaneRef, batch: number) {
    this.lane(provider).toRoll.delete(batch);
    this.log.push(`roll ${provider} ${batch}`);
  }
  async lockLane({ provider }: LaneRef) {
    this.lane(provider).phase = 'locked';
    this.log.push(`lock ${provider}`);
  }
  async recordCommand({ lane, command }: { lane: LaneRef; command: string }) {
    if (command === 'pause') this.lane(lane.provider).paused = true;
    if (command === 'resume') this.lane(lane.provider).paused = false;
    this.log.push(`${command} ${lane.provider}`);
  }
  async markLane({ provider }: LaneRef, state: string, code: string) {
    this.log.push(`${state} ${provider} ${code}`);
  }
  async finishClose(_input: MonthCloseInput, result: MonthCloseResult) {
    this.result = result;
  }
  async trialLane(_input: MonthCloseInput, { provider }: LaneRef) {
    this.log.push(`trial ${provider}`);
  }

  activities(): Record<string, (...args: never[]) => Promise<unknown>> {
    const names = Object.getOwnPropertyNames(FakeClose.prototype).filter((name) => !['constructor', 'lane', 'activities'].includes(name));
    return Object.fromEntries(
      names.map((name) => [
        `billing.${name}`,
        async (...args: never[]): Promise<unknown> => {
          const method: unknown = Reflect.get(this, name);
          return typeof method === 'function' ? Reflect.apply(method, this, args) : undefined;
        },
      ]),
    );
  }
}
