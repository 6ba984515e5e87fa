import type { ClaimActivities, ClaimCommand, ClaimSituation, ClaimStep } from '@komplat/legal/contract/claim-workflows';
import { ApplicationFailure } from '@temporalio/common';

const NAMES = [
  'claimSituation', 'planClaims', 'refreshClaims', 'checkClaims', 'freezeClaims', 'packClaims', 'signClaims', 'recordClaimCommand', 'markClaimFailed',
] as const;

/** The database of a run as a plain object: each step is done so many times, then the next one is on. */
export class FakeRun implements ClaimActivities {
  readonly log: string[] = [];
  refuse: string | null = null;
  looks = 0;
  constructor(public left: ClaimStep[]) {}

  order(...steps: ClaimStep[]): void {
    this.left = steps;
  }
  async claimSituation(): Promise<ClaimSituation> {
    this.looks += 1;
    return { step: this.left[0] ?? 'end', paused: false };
  }
  planClaims = (): Promise<void> => this.work('plan');
  refreshClaims = (): Promise<void> => this.work('refresh');
  checkClaims = (): Promise<void> => this.work('check');
  freezeClaims = (): Promise<void> => this.work('freeze');
  packClaims = (): Promise<void> => this.work('pack');
  signClaims = (): Promise<void> => this.work('sign');
  async recordClaimCommand({ command, reason }: { command: ClaimCommand; reason: string }): Promise<void> {
    this.log.push(`${command}: ${reason}`);
  }
  async markClaimFailed(_runId: string, code: string): Promise<void> {
    this.log.push(`failed: ${code}`);
  }
  /** As the worker registers them. */
  activities(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(NAMES.map((name) => [`legal.${name}`, this[name].bind(this)]));
  }

  private async work(step: ClaimStep): Promise<void> {
    if (this.refuse !== null) throw ApplicationFailure.create({ message: this.refuse, type: 'DomainError', nonRetryable: true });
    this.log.push(step);
    this.left.shift();
  }
}
