import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@komplat/testing';
import { type DrillOptions, type DrillResult, type DrillSession, lawViolations, must } from './drill.ts';
import { accountNumber, type ApiProcess, bankToken, CHANNEL, INTAKE_ACCOUNTS, type IntakeSite } from './intake-site.ts';

const CLIENTS = 4;
const AFTER = 40;
/** The short form runs beside other tests on the same cores. */
const MOST_READY_MS = { full: 5_000, short: 20_000 };
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
      await this.pay(`${this.name}-${number}`, 1 + ((number * 37) % INTAKE_ACCOUNTS));
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
          account: accountNumber(account),
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
export async function killApi({ intake, short }: DrillOptions): Promise<DrillSession> {
  const site = await intake();
  const most = short ? MOST_READY_MS.short : MOST_READY_MS.full;
  return { run: (seed) => once(site, seed, most), close: () => Promise.resolve() };
}

async function once({ api, database }: IntakeSite, seed: number, mostReadyMs: number): Promise<DrillResult> {
  const token = await bankToken();
  const prefix = `r3s${seed}`;
  const clients = Array.from({ length: CLIENTS }, (_, index) => new Client(`${prefix}c${index}`, api, token));
  const runs = clients.map((client) => client.run());
  const taken = (): number => clients.reduce((sum, client) => sum + client.acknowledged.size, 0);
  await waitUntil('payments are taken', () => taken() >= AFTER + (seed % 50), 60_000);
  await pause((seed * 13) % 40);
  const killedAt = Date.now();
  await api.kill();
  const takenAtKill = taken();
  const readyMs = await api.start();
  const backMs = Date.now() - killedAt;
  await waitUntil('payments are taken again', () => taken() >= takenAtKill + AFTER, 60_000);
  for (const client of clients) client.stop();
  await Promise.all(runs);
  const figures = { ...(await compare(database, prefix, clients)), laws: await lawViolations(database.db) };
  const errors = [...new Set(clients.flatMap((client) => [...client.errors]))];
  const strange = errors.filter((code) => !RETRIABLE.has(code));
  must(strange.length === 0, `only retriable errors, seen: ${strange.join(', ')}`);
  must(readyMs <= mostReadyMs, `ready after ${readyMs} ms, at most ${mostReadyMs}`);
  const repeats = clients.reduce((sum, client) => sum + client.repeats, 0);
  const facts = { payments: taken(), repeats, errors: errors.join(' '), readyMs };
  return { drill: 'R3', seed, moment: `${takenAtKill} payments taken by ${CLIENTS} clients`, ...figures, backMs, facts };
}

interface Posted {
  readonly id: bigint;
  readonly external_id: string;
  readonly lines: bigint;
}

/** What was acknowledged against what stands in the database. */
async function compare(
  database: IntakeSite['database'],
  prefix: string,
  clients: readonly Client[],
): Promise<Pick<DrillResult, 'lost' | 'duplicates'>> {
  const rows = await database.db.query<Posted>(
    `select p.id, p.external_id, (select -sum(e.amount_kop) from billing.pub_ledger_v1 e where e.posting_id = p.posting_id)::bigint as lines
     from payments.payment p where p.source = $1 and p.external_id like $2 || 'c%'`,
    [CHANNEL, prefix],
  );
  const found = new Map(rows.map((row) => [row.external_id, row]));
  const acknowledged = clients.flatMap((client) => [...client.acknowledged]);
  const lost = acknowledged.filter(([externalId, paymentId]) => {
    const row = found.get(externalId);
    return row?.id.toString() !== paymentId || row.lines !== 1_234n;
  });
  return { lost: lost.length, duplicates: rows.length - acknowledged.length };
}
