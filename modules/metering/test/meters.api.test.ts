import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { buildFlat, buildWaterMeter, manager, meteringApi, operator, stranger } from './world.ts';

let api: TestApi;
let key = 0;
const post = (path: string, body: object, as = operator) =>
  api.call('POST', `metering/accounts/${path}`, as, body, { 'idempotency-key': `metering-test-${(key += 1)}` });
const year = (last: number): readonly (readonly [string, string])[] =>
  Array.from(
    { length: 12 },
    (_, index) =>
      [new Date(Date.UTC(2025, 10 + index, 1)).toISOString().slice(0, 7), String(last - (11 - index) * 6)] as const,
  );
const numbers: string[] = [];
const meters: number[] = [];

beforeAll(async () => {
  api = await meteringApi();
  const { owner } = api.database;
  for (const id of [1, 2, 3, 4, 5, 6]) numbers[id] = await buildFlat(owner, { id });
  // six m³ a month to October 2026
  for (const id of [1, 2, 3, 4])
    meters[id] = await buildWaterMeter(owner, id, year(100), { installed: '2025-11-01', initial: '28' });
  meters[5] = await buildWaterMeter(
    owner,
    5,
    [
      ['2026-09', '99985'],
      ['2026-10', '99995'],
    ],
    { due: '2026-11-01' },
  );
});
afterAll(() => api.close());

const enter = (id: number, value: string, more: object = {}, as = operator) =>
  post(
    `${numbers[id]}/readings`,
    { meterId: meters[id], value, takenOn: '2026-11-20', source: 'operator', ...more },
    as,
  );

describe('a reading', () => {
  it('is taken for the open month, and the same request twice is one reading', async () => {
    const body = { meterId: meters[1], value: '106.5', takenOn: '2026-11-20', source: 'internet' };
    const headers = { 'idempotency-key': 'reading-of-november' };
    const first = await api.call('POST', `metering/accounts/${numbers[1]}/readings`, operator, body, headers);
    const second = await api.call('POST', `metering/accounts/${numbers[1]}/readings`, operator, body, headers);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ month: '2026-11', used: '6.5', needsRecalculation: false });
    expect(second.body).toEqual(first.body);
    expect((await enter(1, '107')).body).toMatchObject({ code: 'metering.reading.already' });
  });

  it.each([
    ['below the last: the rule is named', '94', {}, 422, 'metering.reading.below-last'],
    ['with a digit too many for the dial', '1062000', {}, 422, 'metering.reading.too-many-digits'],
    ['above the most of a month', '1062', {}, 409, 'metering.reading.above-most'],
    ['five times the own average', '140', {}, 409, 'metering.reading.jump'],
    ['from tomorrow', '106', { takenOn: '2026-11-24' }, 422, 'metering.day.in-future'],
    ['from a day before the last reading', '106', { takenOn: '2026-10-05' }, 422, 'metering.reading.day-before-last'],
    ['of the 31st of February', '106', { takenOn: '2026-02-31' }, 400, 'platform.request.invalid'],
    ['of four decimals', '106.1234', {}, 400, 'platform.request.invalid'],
    ['of a meter that stands elsewhere', '106', { meterId: 999 }, 404, 'metering.meter.unknown'],
    ['with a picture that was never loaded', '106', { photo: '0'.repeat(64) }, 404, 'metering.photo.unknown'],
  ])('%s is refused and leaves nothing', async (_what, value, more, status, code) => {
    const count = 'select count(*)::int as n from metering.reading';
    const before = await api.database.db.query(count);
    const answer = await enter(2, value, more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await api.database.db.query(count)).toEqual(before);
  });

  it('passes a rule that a person confirms, and the history says which', async () => {
    expect((await enter(2, '140')).body.code).toBe('metering.reading.jump');
    expect((await enter(2, '140', { confirm: ['jump'], reason: 'прорив труби' })).status).toBe(201);
    const { body } = await api.call('GET', `metering/accounts/${numbers[2]}/readings`, operator);
    expect(body.items[0]).toMatchObject({
      month: '2026-11',
      value: '140',
      used: '40',
      confirmed: 'jump',
      reason: 'прорив труби',
    });
  });

  it('near the end of the dial is asked about its turn, never refused', async () => {
    expect((await enter(5, '5')).body).toMatchObject({
      code: 'metering.reading.rollover',
      params: { used: '10', before: '99995' },
    });
    expect((await enter(5, '5', { confirm: ['rollover'] })).body).toMatchObject({ used: '10' });
  });

  it('is corrected in the open month; the wrong one stays', async () => {
    const made = await enter(3, '107');
    const answer = await post(`${numbers[3]}/readings/${made.body.id}/correct`, {
      value: '105',
      takenOn: '2026-11-21',
      reason: 'описка',
    });
    expect(answer.body).toMatchObject({ month: '2026-11', used: '5', needsRecalculation: false });
    const { body } = await api.call('GET', `metering/accounts/${numbers[3]}/readings`, operator);
    expect(body.items.slice(0, 2)).toMatchObject([
      { value: '105', supersededAt: null },
      { value: '107', used: null },
    ]);
    expect(body.items[1].supersededAt).not.toBeNull();
    const [row] = await api.database.owner.query(
      "select count(*)::int as n from platform.audit_entry where action = 'metering.reading.correct'",
    );
    expect(row).toEqual({ n: 1 });
  });

  it('of a closed month is corrected only by one who knows that a recalculation follows', async () => {
    const { body } = await api.call('GET', `metering/accounts/${numbers[4]}/readings`, operator);
    const october = `${numbers[4]}/readings/${body.items[0].id}/correct`;
    const wrong = { value: '99', takenOn: '2026-10-20', reason: 'акт звірки' };
    expect((await post(october, wrong)).body.code).toBe('metering.reading.month-closed');
    expect((await post(october, { ...wrong, afterClose: true })).body).toMatchObject({
      month: '2026-10',
      used: '5',
      needsRecalculation: true,
    });
  });

  it('keeps a picture that only a reader of the account opens', async () => {
    const photo = await api.call('POST', 'metering/photos', operator, new TextEncoder().encode('picture of a dial'));
    expect(photo.status).toBe(201);
    const made = await enter(4, '104', { photo: photo.body.photo });
    const path = `metering/accounts/${numbers[4]}/readings/${made.body.id}/photo`;
    expect((await api.call('GET', path, operator)).bytes.toString()).toBe('picture of a dial');
    expect((await api.call('GET', path, stranger)).status).toBe(404);
  });
});

describe('the life of a meter', () => {
  it('is installed with the verification that follows from the interval, once by its number', async () => {
    const device = {
      service: 'CW',
      serial: 'ХВ-777',
      digits: 5,
      installedOn: '2026-11-10',
      initial: '0.5',
      reason: 'акт 12',
    };
    const made = await post(`${numbers[6]}/meters`, device);
    expect(made.body).toMatchObject({ verificationDue: '2030-11-10' });
    expect((await post(`${numbers[1]}/meters`, device)).body).toMatchObject({
      code: 'metering.meter.same-serial',
      params: { account: numbers[6] },
    });
    expect((await post(`${numbers[6]}/meters`, { ...device, serial: 'ГВ-1', service: 'HW' })).body.code).toBe(
      'metering.meter.no-supply',
    );
    expect((await post(`${numbers[6]}/meters`, { ...device, serial: 'X-2', initial: '100000' })).body.code).toBe(
      'metering.reading.too-many-digits',
    );
  });

  it('is replaced: the old one ends with its reading, the new one begins on the same day', async () => {
    const replaced = await post(`${numbers[6]}/meters/${(await ofAccount(6))[0].id}/replace`, {
      on: '2026-11-15',
      finalValue: '3',
      serial: 'ХВ-778',
      digits: 5,
      initial: '0',
      seal: 'П-1',
      reason: 'не обертається',
    });
    expect(replaced.status).toBe(201);
    const [now, before] = await ofAccount(6);
    expect(now).toMatchObject({
      serial: 'ХВ-778',
      installedOn: '2026-11-15',
      removedOn: null,
      seal: 'П-1',
      monthsWithout: 1,
    });
    expect(before).toMatchObject({
      serial: 'ХВ-777',
      removedOn: '2026-11-15',
      current: { value: '3', month: '2026-11' },
    });
    expect(before.events.map((event: { kind: string }) => event.kind)).toEqual(['replace', 'install']);
    const late = { meterId: before.id, value: '4', takenOn: '2026-11-20', source: 'operator' };
    expect((await post(`${numbers[6]}/readings`, late)).body.code).toBe('metering.day.after-removal');
  });

  it('is sealed, verified, removed, and then takes no more acts', async () => {
    const at = `${numbers[3]}/meters/${meters[3]}`;
    expect((await post(`${at}/seal`, { on: '2026-11-01', seal: 'П-77', reason: 'планова' })).status).toBe(201);
    const verified = await post(`${at}/verify`, { on: '2026-11-02', document: 'свідоцтво 5', reason: 'повірка' });
    expect(verified.body).toMatchObject({ verificationDue: '2030-11-02' });
    expect(
      (await post(`${at}/verify`, { on: '2026-11-02', due: '2026-11-01', document: 'x', reason: 'повірка' })).body.code,
    ).toBe('metering.meter.due-before');
    expect((await post(`${at}/remove`, { on: '2026-11-22', finalValue: '106', reason: 'заява' })).status).toBe(201);
    expect((await post(`${at}/seal`, { on: '2026-11-22', seal: 'П-78', reason: 'планова' })).body.code).toBe(
      'metering.meter.removed',
    );
  });

  it('shows to whom the account is visible, and changes only for those who may', async () => {
    expect((await api.call('GET', `metering/accounts/${numbers[1]}/meters`, stranger)).status).toBe(404);
    expect(
      (
        await post(
          `${numbers[1]}/meters/${meters[1]}/seal`,
          { on: '2026-11-01', seal: 'x', reason: 'планова' },
          manager,
        )
      ).status,
    ).toBe(403);
    expect((await ofAccount(2))[0]).toMatchObject({ average: '6', verification: 'good' });
  });
});

describe('work lists', () => {
  it('verifications that are due, overdue first', async () => {
    const { body } = await api.call('GET', 'metering/meters?state=overdue', operator);
    expect(body.items).toMatchObject([{ account: numbers[5], verificationDue: '2026-11-01', overdue: true }]);
    expect((await api.call('GET', 'metering/meters', stranger)).body.items).toEqual([]);
    const file = await api.call('GET', 'metering/meters/file?format=csv', operator, undefined, {
      'accept-language': 'en',
    });
    expect(file.bytes.toString()).toContain('CW-5');
  });

  it('meters of a lane without a reading, and what the month will be charged by', async () => {
    const november = await api.call('GET', 'metering/missing?provider=P01&period=2026-11', operator);
    // of the meters that stand in November, the new one of flat 6 alone was not read
    expect(november.body.items).toMatchObject([
      { account: numbers[6], serial: 'ХВ-778', months: 1, last: null, basis: 'norm' },
    ]);
    const december = await api.call('GET', 'metering/missing?provider=P01&period=2026-12', operator);
    expect(december.body.totals.count).toBe(5);
    expect(december.body.items.find((row: { account: string }) => row.account === numbers[1])).toMatchObject({
      months: 1,
      last: '106.5',
      basis: 'average',
    });
  });
});

const ofAccount = async (id: number) =>
  (await api.call('GET', `metering/accounts/${numbers[id]}/meters`, operator)).body.meters;
