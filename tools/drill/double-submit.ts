import { type DrillResult, must } from './close-drills.ts';
import { ApiProcess, bankToken, CHANNEL, openIntakeCity } from './intake-site.ts';

const ACCOUNTS = 500;
const TOGETHER = 32;
const KEYS = 100;
const PORT = 13_912;

/** R6: 32 equal requests at once for each of so many ids, then the same id with another body. */
export async function doubleSubmit(seed: number): Promise<DrillResult> {
  const database = await openIntakeCity(ACCOUNTS);
  const api = new ApiProcess(database, PORT);
  try {
    await api.start();
    const token = await bankToken();
    const send = async (key: number, amount: string): Promise<string> => {
      const account = `01${String(1 + ((key * 37 + seed) % ACCOUNTS)).padStart(8, '0')}`;
      const answer = await fetch(`${api.url}/api/v1/payments/accept`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ account, amount, externalId: `s${seed}k${key}`, channel: CHANNEL }),
      });
      return `${answer.status} ${answer.status === 201 ? await answer.text() : ''}`;
    };
    for (let key = 0; key < KEYS; key += 1) {
      const answers = new Set(await Promise.all(Array.from({ length: TOGETHER }, () => send(key, '45.67'))));
      must(
        answers.size === 1 && [...answers][0]?.startsWith('201') === true,
        `32 answers for key ${key} are one: ${[...answers].join(' | ')}`,
      );
      const other = await send(key, '45.68');
      must(other.startsWith('409'), `another body under key ${key} is refused: ${other}`);
    }
    const [row] = await database.db.query<{ payments: number; kop: bigint }>(
      `select count(*)::int as payments, (select -sum(amount_kop) from billing.pub_ledger_v1 where kind = 'payment')::bigint as kop
       from payments.payment where source = $1`,
      [CHANNEL],
    );
    must(
      row?.payments === KEYS && row.kop === BigInt(KEYS) * 4_567n,
      `one payment a key in payments and ledger: ${row?.payments}`,
    );
    return { drill: 'R6', seed, facts: { keys: KEYS, requests: KEYS * (TOGETHER + 1), payments: row.payments } };
  } finally {
    await api.kill();
    await database.drop();
  }
}
