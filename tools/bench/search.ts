import { Agent, request } from 'undici';
import { API_PORT, bankToken, startApi } from './api.ts';
import { loadSearch } from './search-load.ts';
import { type BenchDatabase, benchDatabase, machine } from './server.ts';

type Questions = Readonly<Record<string, readonly string[]>>;
interface Answer {
  readonly groups: readonly { readonly hits: readonly unknown[] }[];
}

/** Time of the global search in the API, by kind of question; each asks for something that is there. */
export async function benchSearch({ accounts = 200_000, queries = 200 }: { accounts?: number; queries?: number }): Promise<object> {
  const bench = await benchDatabase('bench_search');
  await loadSearch(bench, accounts);
  const rights = ['administration.search.use', 'registry.account.read'];
  await bench.owner.query(
    `insert into administration.role_permission select 'channel', permission from
       (select distinct permission from administration.role_permission union select unnest($1::text[])) p(permission) on conflict do nothing`,
    [rights],
  );
  await bench.owner.query(`insert into administration.user_scope values ('komplat-bank', 'all', '*')`);
  await bench.owner.query(`delete from platform.rate_limit`);
  const stop = await startApi(bench);
  try {
    const asked = await questions(bench, queries);
    const token = await bankToken();
    const kinds: Record<string, object> = {};
    await measure(token, Object.values(asked).flatMap((list) => list.slice(0, 10)));
    for (const [kind, list] of Object.entries(asked)) kinds[kind] = await measure(token, list);
    return { machine: machine(), accounts, queries, milliseconds: kinds };
  } finally {
    await stop();
    await bench.end();
  }
}

/** Questions drawn from the data itself: what a person would type of an account. */
async function questions({ owner }: BenchDatabase, count: number): Promise<Questions> {
  const rows = await owner.query<Record<string, string>>(
    `select a.number, p.surname, p.given_name, p.patronymic, n.name as street, h.number_text as house, r.number as flat, m.serial,
       '050' || (1000000 + a.id)::text as phone,
       (select o.name from registry.street_name o where not upper_inf(o.valid) and o.street_id % 97 = a.id % 97 order by o.id limit 1) as old
     from registry.account a join registry.person p on p.id = a.holder_id join registry.premises r on r.id = a.premises_id
     join registry.house h on h.id = r.house_id join registry.street_name n on n.street_id = h.street_id and upper_inf(n.valid)
     join metering.meter m on m.premises_id = r.id and m.service_id = 1
     order by (a.id::bigint * 7919) % 1000003 limit $1`,
    [count],
  );
  const of = (text: (row: Record<string, string>) => string): string[] => rows.map(text);
  return {
    account: of(({ number = '' }) => number),
    'account with spaces': of(({ number = '' }) => number.replace(/^(\d\d)(\d{4})(\d{4})$/, '$1 $2 $3')),
    'beginning of an account': of(({ number = '' }) => number.slice(0, 6)),
    surname: of(({ surname = '' }) => surname),
    'surname and name': of((row) => `${row.surname} ${row.given_name}`),
    'beginning of a surname': of(({ surname = '' }) => surname.slice(0, 2)),
    street: of(({ street = '' }) => street),
    address: of((row) => `${row.street} ${row.house} ${row.flat}`),
    'old street': of(({ old, street = '' }) => old ?? street),
    phone: of(({ phone = '' }) => phone),
    meter: of(({ serial = '' }) => serial),
  };
}

/** One after another; every question must have a hit. Times of the whole request as the caller sees it. */
async function measure(token: string, list: readonly string[]): Promise<object> {
  const dispatcher = new Agent({ connections: 1 });
  const times: number[] = [];
  let empty = 0;
  for (const question of list) {
    const started = performance.now();
    const url = `http://127.0.0.1:${API_PORT}/api/v1/administration/search?q=${encodeURIComponent(question)}`;
    const { statusCode, body } = await request(url, { dispatcher, headers: { authorization: `Bearer ${token}` } });
    const text = await body.text();
    times.push(performance.now() - started);
    if (statusCode !== 200) throw new Error(`search refused: ${statusCode} ${text.slice(0, 300)}`);
    const answer: Answer = JSON.parse(text);
    if (answer.groups.every(({ hits }) => hits.length === 0)) empty += 1;
  }
  await dispatcher.close();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1), empty };
}
