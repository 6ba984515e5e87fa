import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase } from '@komplat/testing';
import type { TestDatabase } from '@komplat/testing';
import type { GeneratedPayment } from './register-generator.ts';
import { dbfFile, eircFile, eircLines, encodeText, ibankFile } from './register-generator.ts';
import type { Desk } from './world.ts';
import { brokenLaws, buildWorld, heatAlias, importFile, numberOf, openDesk, person } from './world.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples');
const maybe = existsSync(SAMPLES) ? it : it.skip;
const FLATS = 200;
let database: TestDatabase;
let desk: Desk;
let used = 33;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await buildWorld(database.owner, FLATS);
  desk = openDesk(database);
});
afterEach(async () => expect(await brokenLaws(database)).toEqual([]));
afterAll(() => database.drop());

/** Flats that no other test has touched. */
const flat = (): number => (used += 1);
const pay = (of: number, kop: bigint, more: Partial<GeneratedPayment> = {}): GeneratedPayment => ({
  account: heatAlias(of),
  name: 'Коваленко Ірина',
  kop,
  day: '2026-11-20',
  service: '002',
  ...more,
});
const state = (sql: string, params: readonly unknown[] = []): Promise<readonly object[]> =>
  database.db.query<object>(sql, params);
const OPEN =
  'select account_id, debt_month, service_id, provider_id, outstanding_kop::text as kop from billing.open_item order by 1, 2, 3, 4';
const paid = async (...flats: readonly number[]): Promise<string> => {
  const [row] = await database.db.query<{ kop: string }>(
    'select coalesce(sum(amount_kop), 0)::text as kop from billing.ledger_entry where kind = 5 and account_id = any($1::int[])',
    [flats],
  );
  return row?.kop ?? '';
};
const moneyOf = (importId: string): Promise<readonly object[]> =>
  state(
    `select m.place, m.provider_id, sum(m.amount_kop)::int as kop from payments.money_line m
     join payments.payment p on p.id::text = m.document_id where p.import_id = $1 group by 1, 2 order by 1`,
    [importId],
  );

describe('a register of a provider', () => {
  it('posts by alias and service, oldest debt of that service first', async () => {
    const [a, b] = [flat(), flat()];
    const view = await importFile(desk, eircFile([pay(a, 150_000n), pay(b, 5_000n)]), {
      preset: 'eirc-ree',
      provider: 'P02',
    });
    expect(view).toMatchObject({
      state: 'posted',
      encoding: 'windows-1251',
      provider: 'P02',
      channel: 'PROV_CASH',
      stated: { rows: 2, sum: '1550.00' },
      read: { rows: 2, sum: '1550.00' },
      difference: { rows: 0, sum: '0.00' },
      posted: { count: 2, sum: '1550.00' },
      may: [],
      byDay: [{ day: '2026-11-20', count: 2, sum: '1550.00' }],
      byService: [{ service: 'HEAT', name: 'Опалення', count: 2, sum: '1550.00' }],
    });
    expect(
      await state(
        'select debt_month, outstanding_kop::int as kop from billing.open_item where account_id = $1 and service_id = 2',
        [a],
      ),
    ).toEqual([{ debt_month: '2026-10-01', kop: 50_000 }]);
    expect(await moneyOf(view.id)).toEqual([
      { place: 'due-to-provider', provider_id: 2, kop: 155_000 },
      { place: 'in-transit', provider_id: null, kop: -155_000 },
    ]);
  });

  it('finds the provider by its aliases when nobody names it', async () => {
    expect(await importFile(desk, eircFile([pay(flat(), 100n)]))).toMatchObject({
      provider: 'P02',
      outcomes: { matched: { count: 1 } },
    });
  });

  it('puts money without a known account, and of a service not supplied, on hold', async () => {
    const [a, b, c] = [flat(), flat(), flat()];
    const file = eircFile([
      pay(a, 100n),
      pay(a, 200n, { account: '999' }),
      pay(b, 300n, { service: '1' }),
      pay(c, 400n, { service: '77' }),
    ]);
    const view = await importFile(desk, file, { provider: 'P02' });
    expect(view.outcomes).toMatchObject({ matched: { count: 1 }, suspense: { count: 3, sum: '9.00' } });
    expect(
      await state(
        `select s.reason_code, s.amount_kop::int as kop, s.deadline_on from payments.suspense_item s
      join payments.payment p on p.id = s.payment_id where p.import_id = $1 order by 2`,
        [view.id],
      ),
    ).toEqual([
      { reason_code: 'payments.row.account-unknown', kop: 200, deadline_on: '2026-12-03' },
      { reason_code: 'payments.row.service-not-supplied', kop: 300, deadline_on: '2026-12-03' },
      { reason_code: 'payments.row.service-unknown', kop: 400, deadline_on: '2026-12-03' },
    ]);
    expect(await paid(a, b, c)).toBe('-100');
  });

  it('books a payment of a closed month in the open one, under its own day', async () => {
    const a = flat();
    await importFile(desk, eircFile([pay(a, 100n, { day: '2013-11-01' })]), { provider: 'P02' });
    expect(
      await state(
        `select e.period, e.for_period, o.effective_on from billing.ledger_entry e join billing.posting o on o.id = e.posting_id
      where e.kind = 5 and e.account_id = $1`,
        [a],
      ),
    ).toEqual([{ period: '2026-11-01', for_period: '2013-11-01', effective_on: '2013-11-01' }]);
  });

  it('rejects rows of tomorrow and of the time before 1997, and posts the rest', async () => {
    const view = await importFile(
      desk,
      eircFile([pay(flat(), 100n), pay(1, 200n, { day: '2026-11-24' }), pay(1, 300n, { day: '1996-12-31' })]),
    );
    expect(view).toMatchObject({
      state: 'posted',
      outcomes: { matched: { count: 1 }, rejected: { count: 2, sum: '5.00' } },
    });
    const { items } = await desk.views.rows(view.id, { outcome: 'rejected', limit: 10 });
    expect(items.map((row) => [row.line, row.message?.key])).toEqual([
      [3, 'error.payments.row.future-date'],
      [4, 'error.payments.row.too-old'],
    ]);
  });

  it('stops at a difference of one kopeck, names it, and posts nothing', async () => {
    const a = flat();
    const view = await importFile(desk, eircFile([pay(a, 100n), pay(a, 200n)], { sum: '3.01' }));
    expect(view).toMatchObject({
      state: 'mismatch',
      difference: { rows: 0, sum: '-0.01' },
      posted: { count: 0 },
      may: [],
    });
    await expect(desk.desk.order(view.id, 'post', undefined, person)).rejects.toMatchObject({
      code: 'payments.import.mismatch',
    });
    expect(await importFile(desk, eircFile([pay(a, 100n)], { rows: 2 }))).toMatchObject({
      state: 'mismatch',
      difference: { rows: -1, sum: '0.00' },
    });
    expect(await paid(a)).toBe('0');
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'payments.import.empty'],
    ['a cut file', eircFile([pay(1, 100n)], { footer: false }), 'payments.import.no-footer'],
    [
      'another code page',
      encodeText(
        eircLines([pay(1, 100n), pay(2, 100n)])
          .join('\n')
          .replaceAll('і', 'i')
          .replaceAll('І', 'I'),
        'cp866',
      ),
      'payments.import.wrong-code-page',
    ],
  ])('refuses %s with a reason and leaves no row', async (_what, bytes, code) => {
    const view = await importFile(desk, bytes, { preset: 'eirc-ree' });
    expect(view).toMatchObject({ state: 'refused', refusal: { key: `error.${code}` } });
    expect(await state('select 1 from payments.import_row where import_id = $1', [view.id])).toEqual([]);
  });

  it('keeps a formula in a name as text', async () => {
    const view = await importFile(desk, eircFile([pay(flat(), 100n, { name: '=HYPERLINK("http://x","y")' })]));
    const { items } = await desk.views.rows(view.id, { limit: 10 });
    expect(items[0]).toMatchObject({ payerName: '=HYPERLINK("http://x","y")', nameDiffers: true, posted: true });
  });

  maybe('posts the real registers: 30 rows of 465.30 and 3 rows of 66.06', async () => {
    const first = await importFile(desk, readFileSync(`${SAMPLES}/registers/eirc_ree.masked.cp1251.txt`), {
      provider: 'P02',
    });
    expect(first).toMatchObject({
      state: 'posted',
      posted: { count: 30, sum: '465.30' },
      outcomes: { matched: { count: 30, sum: '465.30' } },
    });
    const second = await importFile(desk, readFileSync(`${SAMPLES}/registers/eirc_ree_payments.masked.cp1251.txt`));
    expect(second).toMatchObject({ state: 'posted', provider: 'P08', posted: { count: 3, sum: '66.06' } });
    expect(await paid(...Array.from({ length: 33 }, (_, index) => index + 1))).toBe('-53136');
  });
});

describe('the same money twice', () => {
  it('takes the same bytes once, whatever the name, also when three uploads come together', async () => {
    const a = flat();
    const file = eircFile([pay(a, 100n)]);
    const uploads = await Promise.all(
      [1, 2, 3].map((n) => desk.desk.upload(file, { name: `${n}.txt`, limit: 1e6, inline: true }, person)),
    );
    expect(new Set(uploads.map(({ id }) => id)).size).toBe(1);
    expect(uploads.filter(({ repeated }) => !repeated)).toHaveLength(1);
    await importFile(desk, file);
    expect((await importFile(desk, file, { name: 'renamed.txt' })).repeated).toBe(true);
    expect(await paid(a)).toBe('-100');
  });

  it('keeps two honest equal payments of one file, and asks about equal rows of another file', async () => {
    const [a, b] = [flat(), flat()];
    const twins = [pay(a, 500n), pay(a, 500n)];
    expect(await importFile(desk, eircFile(twins))).toMatchObject({ posted: { count: 2, sum: '10.00' } });
    const second = await importFile(desk, eircFile([...twins, pay(a, 500n), pay(b, 100n)], { registerId: '777' }));
    expect(second.outcomes).toMatchObject({ matched: { count: 2 }, duplicate: { count: 2 } });
    expect(second).toMatchObject({ posted: { count: 2, sum: '6.00' }, plan: { undecided: 2 } });
    const { items } = await desk.views.rows(second.id, { outcome: 'duplicate', limit: 10 });
    expect(items[0]).toMatchObject({ message: { key: 'error.payments.row.possible-duplicate' }, posted: false });
    await desk.desk.decide(second.id, items[0]?.line ?? 0, { decision: 'post', reason: 'another month' }, person);
    for (;;) if (!(await desk.poster.postBatch(second.id)).left) break;
    expect(await desk.views.view(second.id, person)).toMatchObject({
      state: 'posted',
      posted: { count: 3, sum: '11.00' },
      plan: { undecided: 1 },
    });
  });

  it('links a row to the payment that was taken in real time, and questions one that differs', async () => {
    const [a, b] = [flat(), flat()];
    await database.db.query(
      `select payments.accept('BANK_IBAN', 'UA443204780000260090071120452/900001', 'h', $1, 12500, null, null, 'bank')`,
      [numberOf(a)],
    );
    const rows = [
      pay(a, 12_500n, { account: numberOf(a), id: '900001' }),
      pay(b, 700n, { account: numberOf(b), id: '900002' }),
      pay(b, 700n, { account: numberOf(b), id: '900002' }),
    ];
    const view = await importFile(desk, ibankFile(rows, { ids: true }), { preset: 'ibank2ua-csv' });
    expect(view.outcomes).toMatchObject({
      linked: { count: 1, sum: '125.00' },
      matched: { count: 1 },
      duplicate: { count: 1 },
    });
    const other = await importFile(
      desk,
      ibankFile([pay(a, 999n, { account: numberOf(a), id: '900001' })], { ids: true }),
      { preset: 'ibank2ua-csv' },
    );
    expect(other.outcomes).toMatchObject({ duplicate: { count: 1 } });
    expect(await paid(a, b)).toBe('-13200');
  });

  it('does not post what was accepted between the preview and the posting', async () => {
    const a = flat();
    const row = pay(a, 12_500n, { account: numberOf(a), id: '5' });
    const staged = await importFile(desk, ibankFile([row], { ids: true }), { preset: 'ibank2ua-csv', post: false });
    expect(staged).toMatchObject({ state: 'staged', may: [], plan: { post: { count: 1 } } });
    await database.db.query(
      `select payments.accept('BANK_IBAN', 'UA443204780000260090071120452/5', 'h', $1, 12500, null, null, 'bank')`,
      [numberOf(a)],
    );
    expect(await importFile(desk, ibankFile([row], { ids: true }), { preset: 'ibank2ua-csv' })).toMatchObject({
      state: 'posted',
      outcomes: { linked: { count: 1 } },
      posted: { count: 0 },
    });
  });
});

describe('other layouts', () => {
  it('reads desks and terminals of Oschadbank into their own channels', async () => {
    const a = flat();
    const rows = [pay(a, 12_345n, { account: numberOf(a) })];
    expect(await importFile(desk, dbfFile(rows), { name: 'd.dbf' })).toMatchObject({
      channel: 'OSCH_DESK',
      posted: { sum: '123.45' },
    });
    expect(await importFile(desk, dbfFile(rows, { terminal: true }), { name: 't.dbf' })).toMatchObject({
      channel: 'OSCH_TERM',
      posted: { sum: '123.45' },
    });
    expect(await importFile(desk, dbfFile(rows, { records: 2 }))).toMatchObject({
      state: 'mismatch',
      difference: { rows: -1, sum: null },
    });
  });

  maybe("the real statement ends on hold: its payer is nobody's account", async () => {
    const view = await importFile(desk, readFileSync(`${SAMPLES}/statements/ibank2ua_vst_sample.cp1251.csv`));
    expect(view).toMatchObject({
      state: 'posted',
      outcomes: { suspense: { count: 1, sum: '2500.50' }, skipped: { count: 1 } },
      difference: null,
    });
  });
});

describe('taking a register back', () => {
  it('restores the open debts exactly, and the file may be loaded again', async () => {
    const before = await state(OPEN);
    const [a, b, c] = [flat(), flat(), flat()];
    const advances = await state('select * from billing.advance order by 1, 2, 3, 4');
    const file = eircFile([pay(a, 150_000n), pay(b, 5_000n), pay(b, 400_000n), pay(c, 100n, { account: '999' })]);
    const view = await importFile(desk, file, { provider: 'P02' });
    expect(await state(OPEN)).not.toEqual(before);
    await expect(desk.desk.order(view.id, 'rollback', '', person)).rejects.toMatchObject({
      code: 'payments.import.reason-needed',
    });
    await desk.desk.order(view.id, 'rollback', 'wrong file', person);
    for (;;) if (!(await desk.poster.rollBackBatch(view.id)).left) break;
    expect(await state(OPEN)).toEqual(before);
    expect(await state('select * from billing.advance order by 1, 2, 3, 4')).toEqual(advances);
    expect(
      await state(
        `select s.state from payments.suspense_item s join payments.payment p on p.id = s.payment_id where p.import_id = $1`,
        [view.id],
      ),
    ).toEqual([{ state: 'returned' }]);
    expect(await brokenLaws(database)).toEqual([]);
    const again = await importFile(desk, file, { provider: 'P02' });
    expect(again).toMatchObject({ repeated: false, state: 'posted', posted: { count: 4 } });
  });

  it('is refused once a month of the file is being closed', async () => {
    const view = await importFile(desk, eircFile([pay(flat(), 150_000n)]));
    await database.owner.query(
      `update platform.period_lane set state = 'closing' where period = '2026-11-01' and provider_id = 2`,
    );
    await expect(desk.desk.order(view.id, 'rollback', 'wrong file', person)).rejects.toMatchObject({
      code: 'payments.import.rollback-period-closed',
    });
    await database.owner.query(
      `update platform.period_lane set state = 'open' where period = '2026-11-01' and provider_id = 2`,
    );
  });
});
