import type { CaseStatus } from '@komplat/legal/contract';
import type { LegalCaseActivities, LegalCaseSituation } from '@komplat/legal/contract/case-workflows';

const DAY = 86_400_000;
type Command = Parameters<LegalCaseActivities['recordCaseCommand']>[0];

/** A case as a plain object: terms in days of the server's clock, and what is written down about it. */
export class FakeCase implements LegalCaseActivities {
  readonly log: string[] = [];
  looks = 0;
  stage: CaseStatus = 'order-filed';
  /** Day of the term of the stage, counted from the beginning; reminded three days before. */
  dueDay = 30;
  money = 0;
  contract = false;
  refuse: (() => Error) | null = null;
  paused = false;
  private reminded = false;
  private escalated = false;

  constructor(private readonly now: () => Promise<number>, private readonly started: number) {}

  move(stage: CaseStatus, dueDay: number): void {
    this.stage = stage;
    this.dueDay = dueDay;
    this.reminded = false;
    this.escalated = false;
  }
  async day(): Promise<number> {
    return Math.floor(((await this.now()) - this.started) / DAY);
  }
  async caseSituation(): Promise<LegalCaseSituation> {
    this.looks += 1;
    const day = await this.day();
    const at = (step: LegalCaseSituation['step'], waitMs = 0): LegalCaseSituation => ({ step, stage: this.stage, paused: this.paused, waitMs });
    if (this.stage === 'completed' || this.stage === 'withdrawn') return at('end');
    if (this.money > 0) return at('receipts');
    if (this.contract && this.stage !== 'restructured') return at('contract');
    if (day > this.dueDay && !this.escalated) return at('escalate');
    if (day >= this.dueDay - 3 && day <= this.dueDay && !this.reminded) return at('remind');
    return at('wait', DAY);
  }
  async beginCaseStage(): Promise<void> {
    await this.write(`stage ${this.stage}`);
  }
  async takeCaseReceipts(): Promise<void> {
    this.money = 0;
    await this.write('receipts');
  }
  async parkCaseForContract(): Promise<void> {
    this.move('restructured', 10_000);
    await this.write('contract');
  }
  async remindCase(): Promise<void> {
    if (this.refuse) throw this.refuse();
    this.reminded = true;
    await this.write('remind');
  }
  async escalateCase(): Promise<void> {
    this.escalated = true;
    await this.write('escalate');
  }
  async recordCaseCommand({ command }: Command): Promise<void> {
    this.paused = command === 'pause' || (this.paused && command !== 'resume');
    await this.write(command);
  }
  async markCaseFailed(_caseId: string, code: string): Promise<void> {
    await this.write(`failed ${code}`);
  }
  private async write(what: string): Promise<void> {
    this.log.push(`${what} on day ${await this.day()}`);
  }
}

const NAMES = [
  'caseSituation', 'beginCaseStage', 'takeCaseReceipts', 'parkCaseForContract', 'remindCase', 'escalateCase', 'recordCaseCommand', 'markCaseFailed',
] as const;
/** The activities of cases that `find` names by id. */
export const activitiesOfCases = (find: (caseId: string) => FakeCase): Record<string, (first: string | Command, second?: string) => Promise<unknown>> =>
  Object.fromEntries(
    NAMES.map((name) => [
      `legal.${name}`,
      async (first: string | Command, second = '') => {
        const found = find(typeof first === 'string' ? first : first.caseId);
        if (typeof first !== 'string') return found.recordCaseCommand(first);
        if (name === 'markCaseFailed') return found.markCaseFailed(first, second);
        return name === 'recordCaseCommand' ? undefined : found[name]();
      },
    ]),
  );
