import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccountNumber } from '@komplat/kernel';
import type { Actor, Database } from '@komplat/server';
import { FileStore } from '@komplat/server';
import type { TestDatabase } from '@komplat/testing';
import { ImportDesk } from '../server/services/import-desk.ts';
import { ImportPoster } from '../server/services/import-poster.ts';
import { ImportReader } from '../server/services/import-reader.ts';
import { ImportViews } from '../server/services/import-views.ts';
import { DueToProvidersLaw, MoneyLinesLaw } from '../server/services/money-laws.ts';
import type { ImportView } from '../contract/import.schema.ts';

export const TODAY = '2026-11-23';
export const numberOf = (id: number): string => makeAccountNumber(4, id);
export const HEAT_ALIASES = [
  1453656, 8222910, 4682656, 3453324, 9363457, 2175652, 5127446, 6885874, 9773547, 9566738, 1416905, 1257190, 2347464,
  4671121, 9962885, 1234628, 3542991, 9623787, 4738355, 9117821, 23117, 1023401, 899578, 9653031, 68883, 612859, 145844,
  9097247, 1518149, 2963629,
].map(String);
const FIRST_OWN_ALIAS = 34;
/** Number of a flat at the heating enterprise: the public samples' for the first thirty, ours from 34 on. */
export const heatAlias = (flat: number): string => HEAT_ALIASES[flat - 1] ?? String(8_000_000 + flat);
export const MNT_ALIASES = ['5000003647', '4000003519', '7000009352'];

export const person: Actor = {
  login: 'accountant',
  fullName: 'Кравець Л. П.',
  kind: 'person',
  roles: ['accountant'],
  permissions: new Set(),
  scopes: [{ kind: 'all', value: '*' }],
  requestId: 'test-request',
  authTime: 0,
};

/** One house of so many flats with two services each, a debt of two months, and the aliases of the public samples. */
export async function buildWorld(owner: Database, flats: number): Promise<void> {
  const run = (sql: string, params: readonly unknown[] = []): Promise<object[]> => owner.query(sql, params);
  await run(`insert into platform.operating_day (day, state) values ($1, 'open')`, [TODAY]);
  await run(`insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, exchange_id, valid)
    values (1, 'MNT', 'Управління будинком', 'Management', 'м²', 2, 'area', 'housing', 1, '1', '[1997-01-01,)'),
      (2, 'HEAT', 'Опалення', 'Heating', 'м²', 2, 'area', 'utility', 2, '2', '[1997-01-01,)')`);
  await run(`insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
    values (2, 'P02', 'Теплокомуненерго', 'ТКЕ', 'enterprise', '71120587', '300465', 'UA38', '[1997-01-01,)'),
      (8, 'P08', 'ЖЕО № 1', 'ЖЕО', 'enterprise', '71208193', '305299', 'UA10', '[1997-01-01,)')`);
  await run(`insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
      has_transaction_ids, valid)
    values (1, 'CASH', 'Каса', 'own desk', 0, 0, 0, '-', false, '[1997-01-01,)'),
      (2, 'PROV_CASH', 'Каса надавача', 'provider desk', 3, 0, 0, '-', false, '[1997-01-01,)'),
      (3, 'PRIVAT24', 'Приват24', 'internet', 1, 0.7, 0, 'centre', true, '[1997-01-01,)'),
      (4, 'BANK_IBAN', 'Переказ', 'bank transfer', 0, 0, 0, '-', false, '[1997-01-01,)'),
      (5, 'OSCH_DESK', 'Ощадбанк', 'bank desk', 1, 1.5, 200, 'centre', false, '[1997-01-01,)'),
      (6, 'OSCH_TERM', 'Ощадбанк, термінали', 'terminal', 1, 1.2, 100, 'payer', false, '[1997-01-01,)'),
      (7, 'IBOX', 'ibox', 'terminal', 2, 1.5, 0, 'payer', false, '[2011-01-01,2022-12-31)')`);
  await run(`insert into registry.street (id, code, district) values (1, 'S1', 4)`);
  await run(
    `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Мостова', '[1990-01-01,)')`,
  );
  await run(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
      heating, hot_water, sewer, stove, postcode)
    values (1, 'H0001', 1, '1', 'flats', 4, 1980, 9, 4, $1, 5000, 'central', 'central', 'central', 'gas', '46000')`,
    [flats],
  );
  await run(
    `insert into registry.premises (id, house_id, number, kind) select i, 1, i::text, 'flat' from generate_series(1, $1::int) i`,
    [flats],
  );
  await run(
    `insert into registry.person (id, surname, given_name, patronymic, sex)
    select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'Коваленко', 'Ірина', 'Петрівна', 'f' from generate_series(1, $1::int) i`,
    [flats],
  );
  await run(
    `insert into registry.account (id, number, premises_id, holder_id, opened_on)
     select i, n, i, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '2000-01-01' from unnest($1::text[]) with ordinality q(n, i)`,
    [Array.from({ length: flats }, (_, index) => numberOf(index + 1))],
  );
  await run(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
    select i, s, p, 'area', 'v', '[2000-01-01,)', 'test', 'test' from generate_series(1, $1::int) i, (values (1, 8), (2, 2)) v(s, p)`,
    [flats],
  );
  await run(
    `insert into registry.account_alias (account_id, owner, number, valid)
    select i, 'P02', n, '[2007-03-01,)' from unnest($1::text[]) with ordinality q(n, i) where i <= $2`,
    [HEAT_ALIASES, flats],
  );
  await run(
    `insert into registry.account_alias (account_id, owner, number, valid)
    select 30 + i, 'P08', n, '[2007-03-01,)' from unnest($1::text[]) with ordinality q(n, i) where 30 + i <= $2`,
    [MNT_ALIASES, flats],
  );
  await run(
    `insert into registry.account_alias (account_id, owner, number, valid)
    select i, 'P02', (8000000 + i)::text, '[2007-03-01,)' from generate_series(${FIRST_OWN_ALIAS}, $1::int) i`,
    [flats],
  );
  await run(`select platform.ensure_lanes('2026-11-01', '2027-01-01', array[2, 8]::smallint[])`);
  await openDebts(owner, flats);
  await run('analyze');
}

/** Opening balances of September and October: 1 000.00 a service. */
async function openDebts(owner: Database, flats: number): Promise<void> {
  await owner.query(
    `select billing.post_entry(i, s::smallint, p::smallint, 14::smallint, 100000, '2026-11-01', m::date, m::date, 'test', 'opening', i::text)
     from generate_series(1, $1::int) i, (values (1, 8), (2, 2)) v(s, p), (values ('2026-09-01'), ('2026-10-01')) q(m)`,
    [flats],
  );
}

export interface Desk {
  readonly desk: ImportDesk;
  readonly reader: ImportReader;
  readonly poster: ImportPoster;
  readonly views: ImportViews;
  readonly files: FileStore;
}

export function openDesk({ db }: TestDatabase): Desk {
  const files = new FileStore(mkdtempSync(join(tmpdir(), 'komplat-import-')), Buffer.alloc(32, 3), 'test', db);
  return {
    files,
    desk: new ImportDesk(db, files),
    reader: new ImportReader(db, files),
    poster: new ImportPoster(db),
    views: new ImportViews(db),
  };
}

/** Loads, checks and posts a file as the process would, without waiting for a person. */
export async function importFile(
  { desk, reader, poster, views }: Desk,
  bytes: Uint8Array,
  options: {
    readonly name?: string;
    readonly preset?: string;
    readonly provider?: string;
    readonly post?: boolean;
  } = {},
): Promise<ImportView & { readonly repeated: boolean }> {
  const { id, repeated } = await desk.upload(
    bytes,
    {
      name: options.name ?? 'register.txt',
      limit: 2 ** 30,
      inline: true,
      ...(options.preset === undefined ? {} : { preset: options.preset }),
      ...(options.provider === undefined ? {} : { provider: options.provider }),
    },
    person,
  );
  await reader.stage(id);
  const staged = await views.view(id, person);
  if (options.post !== false && staged.state === 'staged') {
    await desk.order(id, 'post', undefined, person, true);
    for (;;) if (!(await poster.postBatch(id)).left) break;
  }
  return { ...(await views.view(id, person)), repeated };
}

/** Everything that must hold whatever was done: money lines, ledger against items and advances, allocations. */
export async function brokenLaws({ db }: TestDatabase): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const [name, law] of [
    ['L11', new MoneyLinesLaw(db)],
    ['L12', new DueToProvidersLaw(db)],
  ] as const) {
    if ((await law.check()).violations > 0) broken.push(name);
    if ((await law.check('2026-11')).violations > 0) broken.push(`${name} by month`);
  }
  for (const [name, sql] of Object.entries(INVARIANTS)) {
    const [row] = await db.query<{ bad: number }>(`select count(*)::int as bad from (${sql}) q`);
    if (row?.bad !== 0) broken.push(`${name}: ${row?.bad}`);
  }
  return broken;
}

const INVARIANTS: Readonly<Record<string, string>> = {
  'L2 allocations and advances of a credit': `
    select e.id from billing.ledger_entry e
    left join (select credit_id, sum(amount_kop) as kop from billing.allocation group by 1) a on a.credit_id = e.id
    left join (select credit_id, sum(amount_kop) as kop from billing.advance group by 1) d on d.credit_id = e.id
    left join billing.ledger_entry r on r.reverses_id = e.id
    where e.amount_kop < 0 and e.kind = 5
      and coalesce(a.kop, 0) + coalesce(d.kop, 0) <> case when r.id is null then -e.amount_kop else 0 end`,
  'L3 items less advances = ledger': `
    select account_id from (
      select account_id, service_id, provider_id, sum(kop) as kop from (
        select account_id, service_id, provider_id, outstanding_kop as kop from billing.open_item
        union all select account_id, service_id, provider_id, -amount_kop from billing.advance
        union all select account_id, service_id, provider_id, -amount_kop from billing.pub_ledger_v1) u group by 1, 2, 3) t where kop <> 0`,
  'L4 one payment a key': 'select source, external_id from payments.payment group by 1, 2 having count(*) > 1',
  'payments = their ledger lines': `
    select p.id from payments.payment p left join billing.pub_posting_v1 o on o.document_kind = 'payment' and o.document_id = p.id::text
    left join billing.pub_ledger_v1 e on e.posting_id = o.id
    group by p.id, p.amount_kop, p.account_id
    having coalesce(sum(e.amount_kop), 0) <> case when p.account_id is null then 0 else -p.amount_kop end`,
};
