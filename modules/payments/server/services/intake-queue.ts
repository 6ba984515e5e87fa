import { DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** What the database needs to know of one payment. */
export interface IntakeItem {
  readonly channel: string;
  readonly externalId: string;
  readonly hash: string;
  readonly account: string;
  readonly kop: bigint;
  readonly paidOn: string | null;
  readonly named: string | null;
  /** Rounded by the desk: goes alone. */
  readonly cash: boolean;
  readonly actor: string;
}
interface Waiting {
  readonly item: IntakeItem;
  readonly resolve: (answer: string) => void;
  readonly reject: (error: unknown) => void;
}
interface BatchRow {
  readonly place: number;
  readonly answer: string | null;
  readonly refusal: string | null;
}

const ACCEPT = 'select payments.accept($1, $2, $3, $4, $5, $6, $7, $8)::text as answer';
const ACCEPT_CASH = 'select payments.accept_cash($1, $2, $3, $4, $5, $6, $7, $8)::text as answer';
const ACCEPT_BATCH = 'select place, answer, refusal from payments.accept_batch($1, $2, $3, $4, $5, $6, $7)';
/** Calls on their way: one works while another waits for the disk and the answer of a third travels. */
const CALLS = 3;
const MOST_IN_A_CALL = 16;
const OWN_CALL = 'again';
const REFUSED_KEY = 'payments.accept.key-reused';

/** A refusal that the database gave to one payment of a call: the same code that `payments.accept` raises. */
export class Refused extends Error {
  constructor(
    readonly refusal: string,
    readonly code = refusal === REFUSED_KEY ? 'KP020' : 'KP021',
  ) {
    super(refusal);
  }
}

/**
 * Payments that wait at the same moment go to the database in one call, each with its own key, answer and refusal. Nobody
 * waits for others to come: a payment that is alone goes alone. Payments of one account or one key go one after another.
 */
@Injectable()
export class IntakeQueue {
  private waiting: Waiting[] = [];
  /** Requests on their way: a twin that comes meanwhile gets the same answer. */
  private readonly asked = new Map<string, Promise<string>>();
  private calls = 0;
  private woken = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The stored answer as text, after its commit. */
  accept(item: IntakeItem): Promise<string> {
    if (item.named !== null || item.cash) return this.single(item);
    const request = `${item.channel}\u001F${item.externalId}\u001F${item.hash}`;
    const same = this.asked.get(request);
    if (same !== undefined) return same;
    const answer = this.wait(item).finally(() => this.asked.delete(request));
    this.asked.set(request, answer);
    return answer;
  }

  private wait(item: IntakeItem): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.woken) return;
      this.woken = true;
      setImmediate(() => {
        this.woken = false;
        this.send();
      });
    });
  }

  private send(): void {
    while (this.calls < CALLS && this.waiting.length > 0) {
      const batch = this.take();
      this.calls += 1;
      void this.run(batch).finally(() => {
        this.calls -= 1;
        this.send();
      });
    }
  }

  /** The longest waiting payments of different accounts and keys. */
  private take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const seen = new Set<string>();
    for (const each of this.waiting) {
      const { account, channel, externalId } = each.item;
      const marks = [account, `${channel}\u001F${externalId}`];
      const fits = taken.length < MOST_IN_A_CALL && !marks.some((mark) => seen.has(mark));
      (fits ? taken : left).push(each);
      for (const mark of marks) seen.add(mark);
    }
    this.waiting = left;
    return taken;
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length === 1) return this.alone(first);
    try {
      const items = batch.map(({ item }) => item);
      const rows = await this.database.prepared<BatchRow>('payments.accept_batch', ACCEPT_BATCH, [
        items.map(({ channel }) => channel),
        items.map(({ externalId }) => externalId),
        items.map(({ hash }) => hash),
        items.map(({ account }) => account),
        items.map(({ kop }) => kop),
        items.map(({ paidOn }) => paidOn),
        items.map(({ actor }) => actor),
      ]);
      const answers = new Map(rows.map((row) => [row.place, row]));
      await Promise.all(batch.map((each, index) => this.tell(each, answers.get(index + 1))));
    } catch (error) {
      // one payment of the call cannot be posted, or the database is away: nothing of the call is kept
      if (error instanceof DomainError && error.status === 503) for (const { reject } of batch) reject(error);
      else for (const each of batch) await this.alone(each);
    }
  }

  private async tell(each: Waiting, row: BatchRow | undefined): Promise<void> {
    if (row?.answer) each.resolve(row.answer);
    else if (row?.refusal && row.refusal !== OWN_CALL) each.reject(new Refused(row.refusal));
    else await this.alone(each);
  }

  private async alone({ item, resolve, reject }: Waiting): Promise<void> {
    await this.single(item).then(resolve, reject);
  }

  private async single(item: IntakeItem): Promise<string> {
    const { channel, externalId, hash, account, kop, paidOn, named, actor } = item;
    const values = [channel, externalId, hash, account, kop, paidOn, named, actor];
    const [name, sql] = item.cash ? ['payments.accept_cash', ACCEPT_CASH] : ['payments.accept', ACCEPT];
    const [row] = await this.database.prepared<{ answer: string }>(name, sql, values);
    if (row === undefined) throw new Error(`${name} answers one row`);
    return row.answer;
  }
}
