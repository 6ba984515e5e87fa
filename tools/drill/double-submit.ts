import { type DrillOptions, type DrillResult, type DrillSession, lawViolations, must } from './drill.ts';
import { accountNumber, bankToken, CHANNEL, INTAKE_ACCOUNTS, type IntakeSite } from './intake-site.ts';

const TOGETHER = 32;
const KEYS = { full: 1_000, short: 15 };

/** R6: 32 equal requests at once for each of so many ids, then the same id with another body. */
export async function doubleSubmit({ intake, short }: DrillOptions): Promise<DrillSession> {
  const site = await intake();
  return { run: (seed) => once(site, seed, short ? KEYS.short : KEYS.full), close: () => Promise.resolve() };
}

async function once({ api, database }: IntakeSite, seed: number, keys: number): Promise<DrillResult> {
  const prefix = `r6s${seed}k`;
  let token = '';
  const send = async (key: number, amount: string): Promise<string> => {
    const account = accountNumber(1 + ((key * 37 + seed) % INTAKE_ACCOUNTS));
    const answer = await fetch(`${api.url}/api/v1/payments/accept`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ account, amount, externalId: `${prefix}${key}`, channel: CHANNEL }),
    });
    const text = await answer.text();
    return `${answer.status} ${answer.status === 201 ? text : ''}`;
  };
  for (let key = 0; key < keys; key += 1) {
    if (key % 100 === 0) token = await bankToken();
    const answers = new Set(await Promise.all(Array.from({ length: TOGETHER }, () => send(key, '45.67'))));
    const all = [...answers];
    must(all.length === 1 && all[0]?.startsWith('201') === true, `32 answers for key ${key} are one: ${all.join(' | ')}`);
    const other = await send(key, '45.68');
    must(other.startsWith('409'), `another body under key ${key} is refused: ${other}`);
  }
  const [row] = await database.db.query<{ payments: number; ids: number; kop: bigint }>(
    `select count(*)::int as payments, count(distinct external_id)::int as ids, coalesce(sum((select -sum(e.amount_kop)
       from billing.pub_ledger_v1 e where e.posting_id = p.posting_id)), 0)::bigint as kop
     from payments.payment p where source = $1 and external_id like $2 || '%'`,
    [CHANNEL, prefix],
  );
  must(row !== undefined && row.kop === BigInt(keys) * 4_567n, `the ledger holds one payment a key: ${row?.kop}`);
  return {
    drill: 'R6',
    seed,
    moment: `${TOGETHER} at once, ${keys} keys`,
    lost: keys - row.ids,
    duplicates: row.payments - row.ids,
    laws: await lawViolations(database.db),
    backMs: null,
    facts: { keys, requests: keys * (TOGETHER + 1), payments: row.payments },
  };
}
