import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimItem } from '../contract/claim.schema.ts';
import { DebtTouchesClaims } from '../server/claims/claim-events.handlers.ts';
import { ClaimPacker } from '../server/claims/claim-packer.ts';
import { ClaimFreezer } from '../server/claims/claim-freezer.ts';
import { chief, codeOf, heat, lawyer, numberOf } from './case-world.ts';
import { type ClaimWorld, claimWorld, PERSON, TAX } from './claim-world.ts';

let world: ClaimWorld;
beforeAll(async () => {
  world = await claimWorld();
});
afterAll(() => world.api.close());

const reason = 'рішення юриста за документами';
const idOf = (account: string): number => Array.from({ length: 20 }, (_, at) => at + 1).find((id) => numberOf(id) === account) ?? 0;
const byAccount = (items: readonly ClaimItem[]): Map<number, ClaimItem> => new Map(items.map((item) => [idOf(item.account), item]));
const blockers = (item: ClaimItem | undefined): string[] => (item?.findings ?? []).filter(({ level }) => level !== 'warn').map(({ code }) => code);
const runs: string[] = [];
/** A run of its own: what earlier ones still hold is taken out of them, for the same months are prepared once. */
const ready = async (accounts: readonly number[], parameters = {}): Promise<{ id: string; items: Map<number, ClaimItem> }> => {
  for (const run of runs.splice(0)) await world.act(run, 'exclude', { items: (await world.items(run)).map((item) => item.id), reason });
  const id = await world.start(accounts, parameters);
  runs.push(id);
  await world.drive(id);
  return { id, items: byAccount(await world.items(id)) };
};

/** The second implementation of 3 % a year and inflation of one untouched month: day by day, as a person counts with a calendar. */
function plain(sum: number, firstOverdue: string, asOf: string, indices: Readonly<Record<string, number>>): { interest: string; inflation: string } {
  let interest = 0;
  let growth = 1;
  for (let day = new Date(`${firstOverdue}T00:00Z`); day <= new Date(`${asOf}T00:00Z`); day = new Date(day.getTime() + 86_400_000)) {
    const year = day.getUTCFullYear();
    interest += (sum * 0.03) / (new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? 366 : 365);
    const month = day.toISOString().slice(0, 7);
    const end = new Date(Date.UTC(year, day.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
    const whole = `${month}-01` >= firstOverdue && end <= asOf;
    if (day.getUTCDate() === 1 && whole) growth *= (indices[month] ?? 100) / 100;
  }
  return { interest: interest.toFixed(2), inflation: Math.max(0, sum * (growth - 1)).toFixed(2) };
}

describe('whom to claim from and what', () => {
  it('a preview writes nothing and names what is missing', async () => {
    const { body } = await world.post('legal/claims/preview', {
      selection: { accounts: [1, 12, 13].map(numberOf) }, parameters: { court: 'C01' },
    });
    expect(body).toMatchObject({ asOf: '2026-11-23', accounts: 3, nothing: 1, missingIndices: ['2026-09', '2026-10'] });
    expect(body.rows).toEqual([
      expect.objectContaining({ provider: 'P02', orders: 2, claims: 0, principal: '4000.00', left: '700.00', months: 4 }),
      expect.objectContaining({ provider: 'P08', orders: 2, claims: 0, principal: '4000.00', left: '0.00' }),
    ]);
    expect(await world.api.database.owner.query('select 1 from legal.claim_run')).toEqual([]);
  });
  it('a filter of debtors chooses the same accounts as their list', async () => {
    const { body } = await world.post('legal/claims/preview', { selection: { filter: { provider: 'P02', from: '2400.00' } }, parameters: { court: 'C01' } });
    expect([body.accounts, body.rows.map(({ provider }: { provider: string }) => provider)]).toEqual([2, ['P02']]);
  });
  it.each([
    [{ selection: { accounts: ['0000000000'] } }, 'legal.claim.account-unknown'],
    [{ parameters: { court: 'C99' } }, 'legal.court.unknown'],
    [{ parameters: { court: 'C01', providers: ['P99'] } }, 'legal.claim.provider-unknown'],
    [{ selection: {} }, 'platform.request.invalid'],
    [{ selection: { accounts: ['1'], filter: {} } }, 'platform.request.invalid'],
  ])('%j is refused: %s', async (change, code) => {
    const answer = await world.post('legal/claims/preview', { selection: { accounts: [numberOf(1)] }, parameters: { court: 'C01' }, ...change });
    expect(codeOf(answer)).toBe(code);
  });
});

describe('pre-flight checks', () => {
  it('every account has its outcome, every fault its name', async () => {
    const { id, items } = await ready(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(items.size).toBe(20);
    const expected: Readonly<Record<number, readonly string[]>> = {
      3: ['debtor-code-missing'], 4: ['debtor-code-shared'], 5: ['debtor-code-shared'], 6: ['minor-only-owner'], 7: ['shares-incomplete'],
      8: ['active-contract'], 9: ['debtor-died'], 10: ['account-merged'], 11: ['debtor-address-missing'], 14: ['minor-co-owner'],
      16: ['ownership-unknown'], 17: ['debtor-code-wrong'],
    };
    const debtorsOfFour = blockers(items.get(4));
    expect(debtorsOfFour).toEqual(['debtor-code-shared']);
    for (const [account, item] of items) {
      const codes = expected[account] ?? [];
      expect([account, blockers(item).filter((code) => !(account === 6 || account === 14) || code.startsWith('minor')), item.outcome]).toEqual([
        account, codes, account === 13 ? 'skipped' : codes.length > 0 ? 'blocked' : 'packed',
      ]);
    }
    expect(items.get(13)?.reason?.code).toBe('nothing-overdue');
    expect(items.get(12)?.findings.map(({ code }) => code)).toContain('limitation-left');
    expect(items.get(12)?.principal).toBe('2000.00');
    const view = await world.run(id);
    expect(view.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(20);
    expect(view.marks.map(({ code, mark }) => [code, mark])).toContainEqual(['pretension', 'needs a lawyer']);
    await world.act(id, 'exclude', { items: [...items.values()].map((item) => item.id), reason });
    expect(new Set((await world.items(id)).map(({ outcome }) => outcome))).toEqual(new Set(['excluded', 'skipped']));
    expect(await world.drive(id)).toBe('end');
  });

  it('a missing index refuses by default and names the months', async () => {
    const { items } = await ready([1], { missingIndex: 'refuse' });
    expect(items.get(1)).toMatchObject({ outcome: 'blocked', reason: { code: 'index-missing', params: { months: '2026-10' } } });
  });

  it('a creditor without an authority, and one without data', async () => {
    const { items } = await ready([1], { providers: ['P08'] });
    expect(blockers(items.get(1))).toEqual(['authority-missing']);
    await world.api.database.owner.query(`delete from legal.creditor where provider_id = 8`);
    expect(blockers((await ready([2], { providers: ['P08'] })).items.get(2))).toEqual(['creditor-unknown']);
  });

  it('a moratorium of the territory forbids; without it the item goes on after a check', async () => {
    const { owner } = world.api.database;
    const code = 'UA99020010010012345';
    await owner.query(`insert into debt.territory values ($1, 'місто', 'test')`, [code]);
    await owner.query(`insert into debt.place (id, territory, valid, decision, recorded_by) values (gen_random_uuid(), $1, '[2000-01-01,)', 'test', 'test')`, [code]);
    await owner.query(
      `insert into debt.moratorium (territory, kind, period, ground, act, mark) values ($1, 'inflation-interest', '[2026-11-01,)', 'бойові дії', 'перелік', 'test')`,
      [code],
    );
    const { id, items } = await ready([18]);
    expect(blockers(items.get(18))).toEqual(['territory-moratorium']);
    await owner.query(`delete from debt.moratorium where territory = $1`, [code]);
    await world.act(id, 'recheck', { reason });
    await world.drive(id);
    expect((await world.items(id))[0]?.outcome).toBe('packed');
  });

  it('a finding for a lawyer is accepted with a reason, one that forbids is not', async () => {
    const { id, items } = await ready([3, 17]);
    const accept = (account: number, body: object): Promise<string> =>
      world.post(`legal/claim-items/${items.get(account)?.id ?? ''}/accept`, body).then(codeOf);
    expect(await accept(17, { code: 'debtor-code-wrong', subject: PERSON(17), reason })).toBe('legal.claim.not-acceptable');
    expect(await accept(3, { code: 'debtor-code-missing', subject: 'nobody', reason })).toBe('legal.claim.finding-unknown');
    expect(await accept(3, { code: 'debtor-code-missing', subject: PERSON(3), reason })).toBe('201');
    await world.drive(id);
    const now = byAccount(await world.items(id));
    expect([now.get(3)?.outcome, now.get(17)?.outcome]).toEqual(['packed', 'blocked']);
    const { snapshot } = await world.item(now.get(3)?.id ?? '');
    expect(snapshot?.marks).toContain(`Немає РНОКПП відповідача: прийняв(ла) lawyer, ${reason}`);
    expect(snapshot?.marks).toContain('Претензія перед поданням: рекомендована, потрібен юрист');
  });
});

describe('the frozen calculation', () => {
  const indices = { '2026-05': 100.9, '2026-06': 99.9, '2026-07': 100.3, '2026-08': 100.1 };
  it('method B: equals a day by day count, with deflation and without the indices that are missing', async () => {
    const { items } = await ready([20]);
    const item = await world.item(items.get(20)?.id ?? '');
    const parts = [plain(500, '2026-04-21', '2026-11-23', indices), plain(1000, '2026-09-21', '2026-11-23', indices), plain(1000, '2026-10-21', '2026-11-23', indices)];
    const total = (field: 'interest' | 'inflation'): string => parts.reduce((sum, part) => sum + Number(part[field]), 0).toFixed(2);
    expect([item.principal, item.interest, item.inflation, item.penalty, item.fee]).toEqual(['2500.00', total('interest'), total('inflation'), '0.00', '332.80']);
    expect(item.snapshot?.calculation.parameters.some(({ mark }) => mark === 'override')).toBe(true);
    expect(item.trace.length).toBeGreaterThan(4);
    expect(item.snapshot?.items.map(({ month }) => month)).toEqual(['2026-03', '2026-08', '2026-09']);
    expect(item.snapshot?.ground).toBe('Індивідуальний договір № Т-20 від 15.01.2020');
  });

  it('a payment in mid-month lowers the base from its day; the code of the debtor is in the clear only in the snapshot', async () => {
    await world.payNamed(1, '400.00', '2026-10-11', 'HEAT');
    const { items } = await ready([1]);
    const item = await world.item(items.get(1)?.id ?? '');
    // 1 000 from 21.09 to 10.10 (20 days), 600 from 11.10 to 23.11 (44 days); 1 000 from 21.10 to 23.11 (34 days)
    const interest = (1.64 + 2.17 + 2.79).toFixed(2);
    expect([item.principal, item.interest]).toEqual(['1600.00', interest]);
    expect(item.snapshot?.debtors).toMatchObject([{ taxNumber: TAX, share: '1/1', registeredAt: '46000, м. Яворопіль, вул. Мостова, 1, кв. 1' }]);
    const { body: seen } = await world.api.call('GET', `legal/claim-items/${item.id}`, chief); // sees, and prepares nothing
    expect([seen.snapshot.debtors[0].taxNumber, seen.principal]).toEqual([null, '1600.00']);
    const audit = await world.api.database.owner.query(`select 1 from platform.audit_entry where action = 'registry.person.codes-read'`);
    expect(audit.length).toBeGreaterThan(0);
  });

  it.each(['A', 'A-fifo', 'C'] as const)('method %s is stored with its name, its rows add up to its sums', async (method) => {
    const { items } = await ready([20], { method });
    const item = await world.item(items.get(20)?.id ?? '');
    const { calculation } = item.snapshot ?? {};
    expect(calculation?.method).toBe(method);
    const sum = (field: 'inflation' | 'interest'): string => (calculation?.rows ?? []).reduce((all, row) => all + Number(row[field]), 0).toFixed(2);
    expect([sum('interest'), sum('inflation')]).toEqual([item.interest, item.inflation]);
    expect(Number(item.interest)).toBeGreaterThan(0);
  });

  it('what an order cannot carry goes to a claim: penalty and expired months', async () => {
    const { id } = await ready([12], { penalty: 'claim', expired: 'claim' });
    const items = await world.items(id);
    expect(items.map(({ kind, principal }) => [kind, principal])).toEqual([['claim', '700.00'], ['order', '2000.00']]);
    const claim = items.find(({ kind }) => kind === 'claim');
    expect(blockers(claim)).toEqual(['limitation-expired']);
    await world.post(`legal/claim-items/${claim?.id ?? ''}/accept`, { code: 'limitation-expired', reason });
    await world.drive(id);
    const view = await world.item(claim?.id ?? '');
    expect(view.monthRows.map(({ month, part }) => [month, part])).toEqual([['2016-03', 'debt'], ['2026-08', 'penalty'], ['2026-09', 'penalty']]);
    // 0.01 % a day: August from 21.09 (64 days), September from 21.10 (34 days) are 9.80; 2016 only within the year that limitation leaves
    const own = (view.snapshot?.calculation.rows ?? []).filter(({ month, penalty }) => month >= '2026' && penalty !== '0.00');
    expect(own.map(({ penalty, days }) => [penalty, days])).toEqual([['6.40', 64], ['3.40', 34]]);
    expect([view.fee, view.outcome]).toEqual(['3328.00', 'packed']);
  });

  it('a claim after a cancelled order: the fee of the order is credited; the household answers together', async () => {
    const { owner } = world.api.database;
    const caseId = crypto.randomUUID();
    await owner.query(
      `insert into legal.case_file (id, number, account_id, provider_id, kind, status, status_on, debtors, opened_on, opened_by, workflow_id)
       values ($1, 'С-2026/900001', 18, 2, 'order', 'order-cancelled', '2026-10-01', '[]', '2026-06-01', 'lawyer', 'legal.case/900001')`,
      [caseId],
    );
    await owner.query(`insert into legal.case_fee (id, case_id, kind, amount_kop, paid_on, state) values ($1, $2, 'order', 33280, '2026-06-01', 'creditable')`, [
      crypto.randomUUID(), caseId,
    ]);
    await owner.query(
      `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by) values (18, $1, 'registered', '[2010-01-01,)', 'test', 'test')`,
      [PERSON(2)],
    );
    const { items } = await ready([18], { kind: 'claim', debtors: 'household' });
    const { snapshot, debtorRows, kind } = await world.item(items.get(18)?.id ?? '');
    expect([kind, snapshot?.fee.amount, snapshot?.fee.credited, snapshot?.fee.toPay]).toEqual(['claim', '3328.00', '332.80', '2995.20']);
    expect(debtorRows.map(({ role, share }) => [role, share]).toSorted()).toEqual([['owner', '1/1'], ['resident', null]]);
    await owner.query('delete from legal.case_fee where case_id = $1', [caseId]);
    await owner.query('delete from legal.case_file where id = $1', [caseId]);
  });

  it('the same item frozen twice at once has one snapshot; packs are drawn once', async () => {
    const id = await world.start([2]);
    runs.push(id);
    const freezer = world.api.app.get(ClaimFreezer, { strict: false });
    const packer = world.api.app.get(ClaimPacker, { strict: false });
    const stepTo = async (outcome: string): Promise<void> => {
      const { ClaimCourse } = await import('../server/claims/claim-course.ts');
      const course = world.api.app.get(ClaimCourse, { strict: false });
      for (;;) {
        if ((await world.items(id))[0]?.outcome === outcome) return;
        const { step } = await course.situation(id);
        if (step === 'wait' || step === 'end') return;
        await course.work(id, step);
      }
    };
    await stepTo('checked');
    await Promise.all([freezer.freeze(id), freezer.freeze(id)]);
    await Promise.all([packer.pack(id), packer.pack(id)]);
    const [item] = await world.items(id);
    expect(item?.outcome).toBe('packed');
    expect(await world.api.database.owner.query('select 1 from legal.claim_snapshot where item_id = $1', [item?.id])).toHaveLength(1);
    expect(world.packs.withdrawn).not.toContain(item?.packId);
  });
});

describe('the court of each paper', () => {
  const courts = async (): Promise<void> => {
    const { owner } = world.api.database;
    await owner.query(
      `insert into legal.court select 90, 'C90', 'Залозецький районний суд', 'Залозецького районного суду', 'Залозецькому районному суду', level, case_prefix, edrpou, address, email,
         fee_recipient, fee_recipient_edrpou, fee_bank, fee_mfo, 'UA118999980313181206000099090', budget_code, fee_purpose, valid, mark from legal.court where code = 'C01'`,
    );
    await owner.query(
      `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water, sewer, stove, postcode)
       select 2, 'H0002', street_id, '2', kind, 9, year_built, floors, entrances, flats, flats_area, heating, hot_water, sewer, stove, postcode from registry.house where id = 1`,
    );
    await owner.query(`insert into registry.premises (id, house_id, number, kind) values (101, 2, '1', 'flat')`);
    await owner.query(`insert into legal.court_area (id, court_code, district, valid, act, mark) values (90, 'C90', 9, '[2015-09-01,)', 'test', 'test')`);
    // the holder of flat 19 is registered in the other district
    await owner.query(`update registry.residence set premises_id = 101 where person_id = $1`, [PERSON(19)]);
  };

  it('goes by the registered residence of the debtor; packs stand by court; a person may choose another', async () => {
    await courts();
    const { id, items } = await ready([15, 19, 11], { court: undefined });
    expect([15, 19, 11].map((account) => items.get(account)?.court)).toEqual(['C01', 'C90', 'C01']);
    expect(items.get(11)?.findings.map(({ code }) => code)).toContain('court-by-property'); // registered nowhere: the court of the flat
    const item = await world.item(items.get(19)?.id ?? '');
    expect([item.snapshot?.court.name, item.snapshot?.fee.account?.iban, item.courtBy, item.courtPlace]).toEqual([
      'Залозецький районний суд', 'UA118999980313181206000099090', 'residence', 'вул. Мостова, 2, кв. 1',
    ]);
    expect((await world.run(id)).courts.map(({ court, orders }) => [court, orders])).toEqual([['C01', 2], ['C90', 1]]);
    expect((await world.items(id, '&court=C90')).map(({ account }) => idOf(account))).toEqual([19]);
    const chosen = await ready([19], { court: 'C01' });
    expect((await world.item(chosen.items.get(19)?.id ?? '')).courtBy).toBe('chosen');
  });

  it('an address without a court is refused by its name; a court that is renamed after the calculation means another pack', async () => {
    const { owner } = world.api.database;
    await owner.query(`update legal.court_area set valid = '[2015-09-01,2020-01-01)' where court_code = 'C90'`);
    await owner.query(`update legal.court_area set district = 4 where court_code = 'C01'`);
    const { items } = await ready([19], { court: undefined });
    expect([items.get(19)?.outcome, items.get(19)?.reason]).toEqual(['blocked', { code: 'court-missing', params: { address: 'вул. Мостова, 2, кв. 1', court: null } }]);
    await owner.query(`update legal.court_area set district = null where court_code = 'C01'`);

    const { id } = await ready([20]);
    const before = await world.item((await world.items(id))[0]?.id ?? '');
    await owner.query(`update legal.court set name = 'Яворопільський окружний суд' where code = 'C01'`);
    await world.act(id, 'recheck', { reason });
    expect((await world.items(id))[0]).toMatchObject({ outcome: 'stale', reason: { code: 'finding' } });
    await world.drive(id);
    const [after] = await world.items(id);
    const again = await world.item(after?.id ?? '');
    expect([again.outcome, again.snapshotSha256 === before.snapshotSha256, again.snapshot?.court.name]).toEqual(['packed', false, 'Яворопільський окружний суд']);
    // renamed between the signature and the day of filing
    await world.act(id, 'submit', { reason });
    await world.decide(id, true, chief);
    await world.drive(id);
    await owner.query(`update legal.claim_item set fee_kop = credited_kop where id = $1`, [after?.id]);
    await owner.query(`update legal.court set name = 'Яворопільський міськрайонний суд' where code = 'C01'`);
    const { body } = await world.act(id, 'filing', { items: [after?.id], filedOn: '2026-11-23' });
    expect(body.rows).toMatchObject([{ done: false, code: 'legal.claim.court-renamed', params: { was: 'Яворопільський окружний суд' } }]);
  });
});

describe('from the approval to the court', () => {
  const LEFT = { outcome: 'skipped', amount_kop: null, paid_on: null }; // as the import keeps a line of money that left
  const bankRow = async (number: string, sum: string, { outcome, amount_kop: kop, paid_on: on }: { outcome: string; amount_kop: number | null; paid_on: string | null } = LEFT): Promise<{ importId: string; line: number }> => {
    const { owner } = world.api.database;
    const importId = crypto.randomUUID();
    await owner.query(
      `insert into payments.import_file (id, preset, file_name, file_hash, size, state, workflow_id, uploaded_by) values ($1, 'ibank', 'v.csv', $2, 1, 'posted', $2, 'test')`,
      [importId, importId],
    );
    await owner.query(
      'insert into payments.import_row (import_id, line, raw, outcome, amount_kop, paid_on) values ($1, 7, $2, $3, $4, $5)',
      [importId, `71120587;300465;UAH;23.11.2026 10:00:00;;"ГУК";1;23.11.2026;${sum};;"судовий збір; ${number}";0.00`, outcome, kop, on],
    );
    return { importId, line: 7 };
  };

  it('four eyes, signature, fee of the bank, filing with a case; every refusal has its reason', async () => {
    const { id, items } = await ready([15, 19]);
    const [one, two] = [items.get(15), items.get(19)];
    expect(codeOf(await world.act(id, 'submit', { reason }))).toBe('201');
    expect(codeOf(await world.decide(id, true, lawyer))).not.toBe('201');
    expect((await world.decide(id, true, chief)).status).toBeLessThan(300);
    await world.drive(id);
    expect((await world.items(id)).map(({ outcome }) => outcome)).toEqual(['signed', 'signed']);
    expect(world.packs.signed).toEqual(expect.arrayContaining([one?.packId, two?.packId]));

    const file = async (rows: readonly object[]): Promise<(string | null)[]> => (await world.act(id, 'filing', { rows })).body.rows.map(({ code }: { code: string | null }) => code);
    const number = one?.number ?? '';
    expect(await file([{ number, filedOn: '2026-11-23' }])).toEqual(['legal.claim.fee-unpaid']);
    const wrong = await bankRow('nothing', '1.00');
    // money of the same number and sum that came in: never a fee, neither found nor given
    const incoming = await bankRow(number, '332.80', { outcome: 'suspense', amount_kop: 33_280, paid_on: '2026-11-23' });
    expect((await world.act(id, 'fees/match', {})).body).toMatchObject({ done: 0 });
    const match = async (rows: readonly object[]): Promise<(string | null)[]> => (await world.act(id, 'fees/match', { rows })).body.rows.map(({ code }: { code: string | null }) => code);
    expect(await match([{ number, ...incoming }])).toEqual(['legal.claim.fee-incoming']);
    expect(await match([{ number, ...wrong }, { number, importId: wrong.importId, line: 8 }, { number: 'X/1', ...wrong }])).toEqual([
      'legal.claim.fee-sum', 'legal.claim.fee-row-unknown', 'legal.claim.fee-none',
    ]);
    await bankRow(number, '332.80');
    const second = await bankRow('без номера', '332,80');
    expect((await world.act(id, 'fees/match', {})).body).toMatchObject({ done: 1, rows: [{ row: number }] });
    expect(await match([{ number: two?.number, ...second }])).toEqual([null]);

    expect(await file([{ number, filedOn: '2026-11-24' }, { number, filedOn: '2026-11-20' }, { number: `${number}9`, filedOn: '2026-11-23' }])).toEqual([
      'legal.claim.filed-later', 'legal.claim.filed-before', 'legal.claim.number-unknown',
    ]);
    const list = await world.act(id, 'filing-list', { text: `number;filedOn;caseNumber\n${number};23.11.2026;2-н/899/1/26\n${two?.number ?? ''};23.11.2026;2-н/899/1/26\nбез дати\n${number};23.11.2026;` });
    expect(list.body.rows.map(({ code }: { code: string | null }) => code)).toEqual([null, 'legal.case.number-taken', 'legal.claim.line-unreadable', 'legal.claim.filed-already']);
    const filed = await world.item(one?.id ?? '');
    expect([filed.outcome, filed.filedOn, filed.caseNumber]).toEqual(['filed', '2026-11-23', '2-н/899/1/26']);
    const parts = await world.api.database.owner.query<{ part: string; kop: string }>(
      `select p.part, sum(p.claimed_kop)::text as kop from legal.case_part p join legal.claim_item i on i.case_id = p.case_id where i.id = $1 group by 1 order by 1`,
      [one?.id],
    );
    expect(Object.fromEntries(parts.map(({ part, kop }) => [part, Number(kop) / 100]))).toEqual({
      fee: 332.8, interest: Number(filed.interest), principal: Number(filed.principal),
    });
    // the same months again
    expect(blockers((await ready([15])).items.get(15)).toSorted()).toEqual(['duplicate-case', 'duplicate-claim']);
  });

  it('a payment before filing withdraws the pack, and it is prepared and approved again', async () => {
    const { id, items } = await ready([2]);
    const item = items.get(2);
    await world.act(id, 'submit', { reason });
    await world.paid(2, '500.00', 'HEAT');
    expect((await world.items(id))[0]).toMatchObject({ outcome: 'stale', reason: { code: 'payment' } });
    expect((await world.decide(id, true)).status).toBeLessThan(300);
    await world.drive(id);
    const [again] = await world.items(id);
    expect([again?.outcome, again?.principal, world.packs.withdrawn.includes(item?.packId ?? '')]).toEqual(['packed', '1500.00', true]);
    const view = await world.item(again?.id ?? '');
    expect(view.snapshot?.total).toBe(again?.total);
    // a payment for another creditor leaves the pack alone
    await world.paid(2, '10.00', 'MNT');
    expect((await world.items(id))[0]?.outcome).toBe('packed');
    // everything is paid: nothing is claimed
    await world.paid(2, '1500.00', 'HEAT');
    await world.drive(id);
    expect((await world.items(id))[0]).toMatchObject({ outcome: 'skipped', reason: { code: 'paid' } });
  });

  it('a revised index, a new hold and a merge after the calculation are found by the next check', async () => {
    const { id } = await ready([18, 20]);
    const { owner } = world.api.database;
    await owner.query(`insert into debt.hold (id, account_id, provider_id, kind, period, reason, source, recorded_by)
      values (gen_random_uuid(), 18, null, 'dispute', '[2026-11-23,)', 'спір про обсяг послуги', 'person', 'test')`);
    await owner.query(`insert into debt.inflation_version (id, state_of, source, reason, recorded_by) values (2, '2026-11-23', 'test', 'test', 'test')`);
    await owner.query(`insert into debt.inflation_index values (2, '2026-08-01', 100.2, 'confirmed')`);
    const before = byAccount(await world.items(id));
    await world.act(id, 'recheck', { reason });
    await world.drive(id);
    const after = byAccount(await world.items(id));
    expect([after.get(18)?.outcome, blockers(after.get(18))]).toEqual(['blocked', ['hold']]);
    expect(after.get(20)?.outcome).toBe('packed');
    expect(after.get(20)?.packId).not.toBe(before.get(20)?.packId);
    expect((await world.item(after.get(20)?.id ?? '')).snapshot?.calculation.indexVersion).toBe(2);
  });

  it('an account that goes into another one in mid-run is not claimed from', async () => {
    const { id, items } = await ready([19]);
    const { owner } = world.api.database;
    await owner.query('update billing.open_item set outstanding_kop = 0 where account_id = 19');
    const touches = world.api.app.get(DebtTouchesClaims, { strict: false });
    await touches.handle({ id: crypto.randomUUID(), type: 'registry.account-merged', payload: { accountId: 19, intoAccountId: 1, on: '2026-11-23', balanceKop: '0' } });
    await world.drive(id);
    const [item] = await world.items(id);
    expect([item?.outcome, item?.reason?.code, world.packs.withdrawn.includes(items.get(19)?.packId ?? '')]).toEqual(['skipped', 'account-merged', true]);
  });

  it('excluded items come back; a rejected approval leaves packs ready; other creditors see nothing', async () => {
    const { id, items } = await ready([15, 16], { providers: ['P02'], kind: 'claim' });
    const excluded = items.get(16)?.id ?? '';
    expect((await world.act(id, 'exclude', { items: [excluded], reason })).body.changed).toBe(1);
    expect((await world.act(id, 'restore', { items: [excluded], reason })).body.changed).toBe(1);
    await world.drive(id);
    expect(byAccount(await world.items(id)).get(16)?.outcome).toBe('blocked');
    expect(codeOf(await world.act(id, 'submit', { reason }))).toBe('legal.claim.nothing-packed');
    const own = await ready([20]);
    await world.act(own.id, 'submit', { reason });
    await world.decide(own.id, false);
    expect((await world.items(own.id))[0]?.outcome).toBe('packed');
    const both = await world.start([20], { providers: ['P02', 'P08'] });
    expect((await world.api.call('GET', `legal/claims/${both}`, heat)).status).toBe(404);
    expect((await world.api.call('GET', `legal/claims/${own.id}`, heat)).status).toBe(200);
  });

  it('lists come as files with the same rows', async () => {
    const { id } = await ready([20]);
    const file = await world.api.call('GET', `legal/claims/${id}/items/file?format=csv`, lawyer);
    expect(file.bytes.toString('utf8')).toContain('2500');
    const fees = await world.api.call('GET', `legal/claims/${id}/fees/file?format=csv`, lawyer);
    expect(fees.bytes.toString('utf8')).toContain('UA308999980313181206000099001');
    expect(fees.bytes.toString('utf8')).toContain('332');
  });

  it('packs that are marked are filed on one day: every one has its outcome', async () => {
    const { id, items } = await ready([1, 16, 20], { providers: ['P02'] });
    await world.act(id, 'submit', { reason });
    await world.decide(id, true, chief);
    await world.drive(id);
    const number = items.get(20)?.number ?? '';
    await bankRow(number, '332.80');
    await world.act(id, 'fees/match', {});
    const { body } = await world.act(id, 'filing', { filter: { provider: 'P02' }, filedOn: '2026-11-23' });
    const codes = new Map(body.rows.map(({ row, code }: { row: string; code: string | null }) => [row, code]));
    expect([body.done, body.refused]).toEqual([1, 2]);
    expect([number, items.get(1)?.number ?? '', items.get(16)?.number ?? ''].map((each) => codes.get(each))).toEqual([
      null, 'legal.claim.fee-unpaid', 'legal.claim.not-signed',
    ]);
    expect(codeOf(await world.act(id, 'filing', { items: [items.get(20)?.id] }))).toBe('platform.request.invalid'); // no day
  });
});
