import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@komplat/testing';
import { type DrillResult, must } from './close-drills.ts';
import { ApiProcess, bankToken, CHANNEL, openIntakeCity } from './intake-site.ts';

const ACCOUNTS = 500;
const CLIENTS = 4;
const AFTER = 40;
const PORT = 13_911;
const RETRIABLE: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET', '503']);

/** One client of a channel: a payment after the other, each repeated under its own id until it is acknowledged. */
class Client {
  readonly acknowledged = new Map<string, string>();
  readonly errors = new Set<string>();
  repeats = 0;
  private stopping = false;

  constructor(
    private readonly name: string,
    private readonly api: ApiProcess,
    private readonly token: string,
  ) {}

  stop(): void {
    this.stopping = true;
  }

  async run(): Promise<void> {
    for (let number = 0; !this.stopping; number += 1)
      await this.pay(`${this.name}-${number}`, 1 + ((number * 37) % ACCOUNTS));
  }

  private async pay(externalId: string, account: number): Promise<void> {
    for (;;) {
      const outcome = await this.once(externalId, account);
      if (outcome.paymentId !== undefined) {
        this.acknowledged.set(externalId, outcome.paymentId);
        return;
      }
      this.errors.add(outcome.error);
      this.repeats += 1;
      await pause(20);
    }
  }

  private async once(
    externalId: string,
    account: number,
  ): Promise<{ paymentId: string } | { paymentId?: undefined; error: string }> {
    try {
      const answer = await fetch(`${this.api.url}/api/v1/payments/accept`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          account: `01${String(account).padStart(8, '0')}`,
          amount: '12.34',
          externalId,
          channel: CHANNEL,
        }),
      });
      const body: { paymentId?: string } = JSON.parse(await answer.text());
      return answer.status === 201 && body.paymentId !== undefined
        ? { paymentId: body.paymentId }
        : { error: String(answer.status) };
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      return { error: cause instanceof Error && 'code' in cause ? String(cause.code) : String(error) };
    }
  }
}

/** R3: kill -9 of the API under intake: nothing acknowledged is lost, nothing is there twice. */
export async function killApi(seed: number): Promise<DrillResult> {
  const database = await openIntakeCity(ACCOUNTS);
  const api = new ApiProcess(database, PORT);
  try {
    await api.start();
    const token = await bankToken();
    const clients = Array.from({ length: CLIENTS }, (_, index) => new Client(`s${seed}c${index}`, api, token));
    const runs = clients.map((client) => client.run());
    const taken = (): number => clients.reduce((sum, client) => sum + client.acknowledged.size, 0);
    await waitUntil('payments are taken', () => taken() >= AFTER + (seed % 50), 60_000);
    await pause((seed * 13) % 40);
    await api.kill();
    const readyMs = await api.start();
    const before = taken();
    await waitUntil('payments are taken again', () => taken() >= before + AFTER, 60_000);
    for (const client of clients) client.stop();
    await Promise.all(runs);
    const rows = await database.db.query<{ id: bigint; external_id: string; lines: bigint }>(
      `select p.id, p.external_id, (select -sum(e.amount_kop) from billing.pub_ledger_v1 e where e.posting_id = p.posting_id)::bigint as lines
       from payments.payment p where p.source = $1`,
      [CHANNEL],
    );
    const found = new Map(rows.map((row) => [row.external_id, row]));
    must(
      found.size === rows.length && rows.length === taken(),
      `${rows.length} payments for ${taken()} acknowledged ids`,
    );
    for (const [externalId, paymentId] of clients.flatMap((client) => [...client.acknowledged])) {
      const row = found.get(externalId);
      must(row?.id.toString() === paymentId && row.lines === 1_234n, `payment ${externalId} is there as acknowledged`);
    }
    const errors = [...new Set(clients.flatMap((client) => [...client.errors]))];
    must(
      errors.every((code) => RETRIABLE.has(code)),
      `only retriable errors, seen: ${errors.join(', ')}`,
    );
    const repeats = clients.reduce((sum, client) => sum + client.repeats, 0);
    return { drill: 'R3', seed, facts: { payments: rows.length, repeats, errors: errors.join(' '), readyMs } };
  } finally {
    await api.kill();
    await database.drop();
  }
}
