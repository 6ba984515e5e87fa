import type { Tx } from '@komplat/server';
import { LOAD } from './close-load.ts';
import { type BenchDatabase, benchDatabase, machine, median, psql } from './server.ts';

const FIRST = '2023-11-01';
const LAST = '2026-10-01';
const MONTHS = 36;

/** 37 months of readings, what was charged with the area of then, and the area that is known now. */
const HISTORY: readonly string[] = [
  `create table b.calendar as select generate_series(date '2023-10-01', date '${LAST}', interval '1 month')::date as month`,
  `truncate b.reading`,
  `insert into b.reading select s.account_id, s.service_id, extract(year from m.month)::int * 100 + extract(month from m.month)::int,
     1000 + (s.account_id % 97) * 3 + (row_number() over (partition by s.account_id, s.service_id order by m.month)) * (4 + s.account_id % 13)
   from b.account_service s cross join b.calendar m where s.metered`,
  `create table b.history (account_id int not null, service_id smallint not null, month date not null, value numeric(12,3) not null,
     primary key (account_id, service_id, month))`,
  `insert into b.history select account_id, service_id, make_date(period / 100, period % 100, 1), value from b.reading order by 1, 2, 3`,
  `create table b.area_now (account_id int primary key, area numeric(8,2) not null)`,
  `insert into b.area_now select id, area + 3.5 from b.account`,
];

/** What the month costs, by hand: `area` names the column of the area that counts. */
const charged = (area: string): string => `
  select s.account_id, s.service_id, m.month, t.id as tariff_id, round(x.qty * t.price * 100)::bigint as net
  from b.account_service s join b.account a on a.id = s.account_id join b.area_now w on w.account_id = s.account_id
  cross join (select generate_series(date '${FIRST}', date '${LAST}', interval '1 month')::date as month) m
  join b.tariff t on t.service_id = s.service_id and m.month >= t.valid_from and m.month < t.valid_to
  left join b.history r1 on s.metered and r1.account_id = s.account_id and r1.service_id = s.service_id and r1.month = m.month
  left join b.history r0 on s.metered and r0.account_id = s.account_id and r0.service_id = s.service_id
    and r0.month = (m.month - interval '1 month')::date
  cross join lateral (select case when s.metered and r1.value is not null then r1.value - r0.value when s.service_id in (5, 6) then ${area}
    else round(s.norm * a.residents, 3) end as qty) x`;

const BOOKS: readonly string[] = [
  `create table b.charged (account_id int not null, service_id smallint not null, month date not null, tariff_id int not null, net bigint not null,
     primary key (account_id, service_id, month))`,
  `insert into b.charged select account_id, service_id, month, tariff_id, net from (${charged('a.area')}) q order by 1, 2, 3`,
  `create table b.line (account_id int not null, service_id smallint not null, month date not null, before_kop bigint not null,
     after_kop bigint not null, kop bigint not null, primary key (account_id, month, service_id))`,
  `create table b.document (id bigint primary key, made_on date not null, made_by text not null, note jsonb not null)`,
  `create table b.correction_entry (period date not null, id bigint not null, document_id bigint not null, account_id int not null,
     service_id smallint not null, month date not null, kop bigint not null, primary key (account_id, period, id))`,
  `create index on b.correction_entry (document_id)`,
  `create table b.correction_item (account_id int not null, service_id smallint not null, kop bigint not null, primary key (account_id, service_id))`,
  `create table b.correction_credit (account_id int not null, service_id smallint not null, kop bigint not null, primary key (account_id, service_id))`,
];

const PRODUCT: readonly string[] = [
  `select platform.ensure_lanes('${FIRST}', '2026-12-01', '{1,2}')`,
  `insert into billing.account_state select id, 0 from b.account`,
  `insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
   select month, account_id, service_id, 1 + (service_id > 4)::int, 1, 'area', 1, tariff_id, 1, net, net from b.charged order by month, account_id, service_id`,
  `update platform.period_lane set state = 'locked' where period <= '${LAST}'`,
  `update registry.premises_fact f set total_area = w.area, heated_area = w.area from b.area_now w where w.account_id = f.premises_id`,
];

/** The same rows by hand: differences as one statement, kept as lines; then documents with their words, entries, debts and credits. */
const BY_HAND = {
  compute: `create temp table diff on commit drop as
    select q.account_id, q.service_id, q.month, coalesce(a.net, 0) as before_kop, q.net as after_kop, q.net - coalesce(a.net, 0) as kop from (${charged('w.area')}) q
    left join b.charged a on a.account_id = q.account_id and a.service_id = q.service_id and a.month = q.month
    where q.net <> coalesce(a.net, 0)`,
  keep: 'insert into b.line select account_id, service_id, month, before_kop, after_kop, kop from diff order by 1, 3, 2',
  write: [
    `create temp table numbered on commit drop as
       select d.*, nextval('platform.mass_id') as document_id, nextval('platform.mass_id') as id from (select * from diff order by 1, 3, 2) d`,
    `analyze numbered`,
    `insert into b.document select document_id, '2026-11-06', 'bench', jsonb_build_object('month', to_char(month, 'YYYY-MM'), 'reason', 'facts',
       'before', (before_kop / 100.0)::numeric(15,2)::text, 'after', (after_kop / 100.0)::numeric(15,2)::text,
       'difference', (kop / 100.0)::numeric(15,2)::text) from numbered order by document_id`,
    `insert into b.correction_entry select '2026-11-01', id, document_id, account_id, service_id, month, kop from numbered order by account_id, id`,
    `insert into b.correction_item select account_id, service_id, sum(kop) from diff where kop > 0 group by 1, 2 order by 1, 2`,
    `insert into b.correction_credit select account_id, service_id, sum(-kop) from diff where kop < 0 group by 1, 2 order by 1, 2`,
  ],
} as const;

interface Pair {
  readonly byHand: { readonly previewMs: number; readonly wholeMs: number };
  readonly product: { readonly previewMs: number; readonly postMs: number };
  readonly previewRatio: number;
  readonly postRatio: number;
}

/**
 * 1 000 accounts × 36 months with a wrong area, 288 000 charges computed, 72 000 of them differ. Preview: the differences computed and
 * kept as lines of a document. Posting: all computed again (the product compares the digest), then a posting with the words of the
 * subscriber and an entry for each line, debts and credits. By hand the same rows without rules, guards and settlement.
 */
export async function benchRecalculation({ accounts = 1_000, pairs = 5 }: { accounts?: number; pairs?: number }): Promise<object> {
  const bench = await benchDatabase('bench_recalculation');
  try {
    await plant(bench, accounts);
    await onePair(bench, accounts);
    const measured: Pair[] = [];
    for (let pair = 0; pair < pairs; pair += 1) measured.push(await onePair(bench, accounts));
    return {
      machine: machine(), accounts, months: MONTHS, lines: await linesOf(bench, accounts), pairs: measured,
      medianPreviewRatio: median(measured.map(({ previewRatio }) => previewRatio)),
      medianPostRatio: median(measured.map(({ postRatio }) => postRatio)),
    };
  } finally {
    await bench.end();
  }
}

async function plant(bench: BenchDatabase, accounts: number): Promise<void> {
  psql(bench.urls.admin, 'close/generate.sql', { n: accounts });
  for (const sql of HISTORY) await bench.owner.query(sql);
  for (const sql of BOOKS) await bench.owner.query(sql);
  for (const [name, sql] of LOAD)
    if (['catalogue', 'registry', 'supplies'].includes(name)) for (const statement of sql.split(';')) await bench.owner.query(statement);
  for (const sql of PRODUCT) await bench.owner.query(sql);
  await bench.owner.query('vacuum analyze');
}

async function onePair(bench: BenchDatabase, accounts: number): Promise<Pair> {
  const byHand = await bench.owner.dryRun(async (tx) => {
    const computeMs = await timed(() => tx.query(BY_HAND.compute));
    const previewMs = computeMs + (await timed(() => tx.query(BY_HAND.keep)));
    let wholeMs = computeMs;
    for (const sql of BY_HAND.write) wholeMs += await timed(() => tx.query(sql));
    return { previewMs, wholeMs };
  });
  const product = await bench.app.dryRun(async (tx) => {
    const previewMs = await timed(() => draft(tx, accounts));
    const postMs = await timed(() => tx.query(`select billing.post_correction('${DOCUMENT}', 'bench', null)`));
    return { previewMs, postMs };
  });
  return { byHand, product, previewRatio: product.previewMs / byHand.previewMs, postRatio: product.postMs / byHand.wholeMs };
}

const DOCUMENT = '00000000-0000-7000-8000-000000000001';
async function draft(tx: Tx, accounts: number): Promise<void> {
  const scope = Array.from({ length: accounts }, (_, index) => index + 1);
  const [found] = await tx.query<{ digest: string; lines: number }>('select * from billing.correction_lines($1::int[], $2, $3, null)', [scope, FIRST, LAST]);
  await tx.query(
    `insert into billing.correction (id, number, reason, decision, scope, account_ids, from_month, to_month, touched, lines, failed, plus_kop, minus_kop,
       digest, needs_approval, made_by) values ('${DOCUMENT}', 'bench', 'facts', 'bench', '{}', $1::int[], $2, $3, $4, $5, 0, 0, 0, $6, false, 'bench')`,
    [scope, FIRST, LAST, accounts, found?.lines, found?.digest],
  );
  await tx.query(
    `insert into billing.correction_line select '${DOCUMENT}', account_id, service_id, provider_id, month, before_kop, after_kop, difference_kop, failed
     from r_line order by account_id, month, service_id, provider_id`,
  );
}

/** Both ways must give the same rows. */
async function linesOf(bench: BenchDatabase, accounts: number): Promise<object> {
  const hand = await bench.owner.dryRun(async (tx) => {
    await tx.query(BY_HAND.compute);
    return tx.query<{ lines: bigint; kop: bigint }>('select count(*)::bigint as lines, sum(kop)::bigint as kop from diff');
  });
  const own = await bench.app.dryRun(async (tx) => {
    await draft(tx, accounts);
    return tx.query<{ lines: bigint; kop: bigint }>('select count(*)::bigint as lines, sum(difference_kop)::bigint as kop from r_line');
  });
  if (hand[0]?.lines !== own[0]?.lines || hand[0]?.kop !== own[0]?.kop) {
    throw new Error(`different work: by hand ${hand[0]?.lines} lines, ${hand[0]?.kop}; product ${own[0]?.lines}, ${own[0]?.kop}`);
  }
  return { lines: Number(own[0]?.lines), sumKop: String(own[0]?.kop) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
