import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testEnv, type TestApi } from '@komplat/testing';
import { COUNTED } from '../server/services/house-sql.ts';
import {
  buildFlat,
  buildWaterMeter,
  type FlatSpec,
  manager,
  meteringApi,
  operator,
  SERVICE,
  stranger,
} from './world.ts';

let api: TestApi;
let key = 0;
const post = (path: string, body: object, as = operator) =>
  api.call('POST', `metering/${path}`, as, body, { 'idempotency-key': `house-test-${(key += 1)}` });
const numbers: string[] = [];

beforeAll(async () => {
  process.env['CHROMIUM_BIN'] = testEnv()['CHROMIUM_BIN'];
  api = await meteringApi();
  const { owner } = api.database;
  const flats: readonly FlatSpec[] = [
    { id: 1, area: '50.00', residents: 2 },
    { id: 2, area: '60.00', residents: 3, method: 'norm' },
    { id: 3, area: '40.00', residents: 1 },
    { id: 4, area: '77.70', residents: 4, services: [SERVICE.EL] },
  ];
  for (const flat of flats) numbers[flat.id] = await buildFlat(owner, flat);
  await buildWaterMeter(owner, 1, [
    ['2026-10', '100'],
    ['2026-11', '160'],
  ]);
});
afterAll(() => api.close());

const make = { service: 'CW', period: '2026-11', actNumber: '11-1', reason: 'за листопад' };
const approve = (id: string, as = manager) => api.call('POST', `administration/approvals/${id}/approve`, as, {});

describe('a house meter', () => {
  it('is installed and read; the volume goes by its multiplier', async () => {
    const device = {
      service: 'CW',
      serial: 'Б-1',
      digits: 6,
      multiplier: '10',
      initial: '0',
      installedOn: '2020-01-01',
      reason: 'акт',
    };
    const made = await post('houses/H0001/meters', device);
    expect(made.status).toBe(201);
    expect((await post('houses/H0001/meters', device)).body.code).toBe('metering.house.same-serial');
    const read = {
      houseMeterId: Number(made.body.id),
      period: '2026-11',
      value: '10',
      takenOn: '2026-11-22',
      reason: 'обхід',
    };
    expect((await post('houses/H0001/readings', { ...read, period: '2026-10' })).body.code).toBe(
      'metering.house.month-closed',
    );
    expect((await post('houses/H0001/readings', { ...read, value: '12' })).body).toMatchObject({ volume: '120' });
    expect((await post('houses/H0001/readings', read)).status).toBe(409);
    expect((await post('houses/H0001/readings', { ...read, correct: true })).body).toMatchObject({ volume: '100' });
    const { body } = await api.call('GET', 'metering/houses/H0001/meters', operator);
    expect(body.meters[0].readings).toEqual([{ month: '2026-11', value: '10', takenOn: '2026-11-22' }]);
  });

  it('is verified, and replaced inside a month: both devices count, the list names what is due', async () => {
    const device = { service: 'HEAT', serial: 'Т-1', digits: 6, multiplier: '1', initial: '500', installedOn: '2020-01-01', reason: 'акт' };
    const { body: old } = await post('houses/H0001/meters', device);
    const verify = { on: '2026-11-10', due: '2030-11-10', document: 'свідоцтво № 5', reason: 'повірка' };
    expect((await post(`houses/H0001/meters/${old.id}/verify`, { ...verify, due: '2026-11-09' })).body.code).toBe('metering.meter.due-before');
    expect((await post(`houses/H0001/meters/${old.id}/verify`, verify)).status).toBe(201);
    const swap = { on: '2026-11-15', finalValue: '530', serial: 'Т-2', digits: 6, multiplier: '1', initial: '0', reason: 'несправний' };
    expect((await post(`houses/H0001/meters/${old.id}/replace`, { ...swap, on: '2019-12-31' })).body.code).toBe('metering.house.before-installed');
    const { body: next } = await post(`houses/H0001/meters/${old.id}/replace`, swap);
    expect(next.volume).toBe('30');
    expect((await post(`houses/H0001/meters/${old.id}/replace`, swap)).body.code).toBe('metering.meter.removed');
    await post('houses/H0001/readings', { houseMeterId: Number(next.id), period: '2026-11', value: '12', takenOn: '2026-11-22', reason: 'обхід' });
    const [counted] = await api.database.owner.query<{ volume: string }>(COUNTED, [1, SERVICE.HEAT, '2026-11-01']);
    expect(Number(counted?.volume)).toBe(42);
    const { body } = await api.call('GET', 'metering/houses?q=H0001', operator);
    expect(body.items).toMatchObject([{ house: 'H0001', services: ['CW', 'HEAT'], meters: 2, unread: 0, overdue: false }]);
    expect((await api.call('GET', 'metering/houses', stranger)).body.items).toEqual([]);
  });
});

describe('an act of distribution', () => {
  it('is the skeleton of law.md 1.3: 100 − 60 = 40, norms 12.6 and 4.2, needs 23.2 by area', async () => {
    const { status, body } = await post('houses/H0001/distributions', make);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'draft',
      houseVolume: '100',
      meteredVolume: '60',
      houseNeeds: '23.2',
      shortfall: '0',
      flats: 3,
    });
    expect(body.parts).toMatchObject([
      { flat: '1', account: numbers[1], metered: '60', own: null, needs: '7.733', total: '67.733' },
      { flat: '2', persons: 3, metered: null, own: '12.6', needs: '9.28', total: '21.88' },
      { flat: '3', persons: 1, own: '4.2', needs: '6.187', total: '10.387' },
    ]);
    const [sum] = await api.database.db.query<{ whole: string }>(
      'select trim_scale(sum(coalesce(own, metered) + needs))::text as whole from metering.distribution_part where distribution_id = $1',
      [body.id],
    );
    expect(sum?.whole).toBe('100');
  });

  it('counts only when a second person has signed; a second act supersedes the first', async () => {
    const first = await post('houses/H0001/distributions', make);
    const signed = () =>
      api.database.db.query<{ premises_id: number; own: string | null }>(
        'select premises_id, trim_scale(own)::text as own from metering.pub_house_part_v1 order by premises_id',
      );
    expect(await signed()).toEqual([]);
    const asked = await post(`distributions/${first.body.id}/sign`, { reason: 'на підпис' });
    expect(asked.status).toBe(201);
    expect((await approve(asked.body.approvalId, { login: 'operator', roles: ['manager'] })).status).toBe(403);
    expect((await approve(asked.body.approvalId)).status).toBeLessThan(300);
    expect((await signed()).map(({ own }) => own)).toEqual([null, '12.6', '4.2']);
    const second = await post('houses/H0001/distributions', { ...make, actNumber: '11-2', houseVolume: '70' });
    const again = await post(`distributions/${second.body.id}/sign`, { reason: 'виправлений обсяг' });
    await approve(again.body.approvalId);
    // 70 − 60 = 10 by 3 : 1 persons
    expect((await signed()).map(({ own }) => own)).toEqual([null, '7.5', '2.5']);
    const { body } = await api.call('GET', 'metering/distributions?period=2026-11&sort=made', operator);
    expect(body.items.map((act: { actNumber: string; state: string }) => `${act.actNumber} ${act.state}`)).toEqual([
      '11-1 draft',
      '11-1 superseded',
      '11-2 signed',
    ]);
    expect((await post(`distributions/${first.body.id}/sign`, { reason: 'ще раз' })).body.code).toBe(
      'metering.distribution.not-draft',
    );
  });

  it('names a shortfall: the house meter shows less than the flats', async () => {
    const { body } = await post('houses/H0001/distributions', { ...make, actNumber: '11-3', houseVolume: '50' });
    expect(body).toMatchObject({ houseNeeds: '0', shortfall: '10' });
    expect(body.parts.map((part: { total: string }) => part.total)).toEqual(['60', '12.6', '4.2']);
  });

  it.each([
    ['a month that is closing', { period: '2026-10' }, 422, 'metering.house.month-closed'],
    ['a coefficient of 0.1', { commonCoefficient: '0.1' }, 400, 'platform.request.invalid'],
    ['a service that the house meter does not count', { service: 'HW' }, 422, 'metering.house.no-meter'],
    ['flats that nobody supplies', { service: 'HW', houseVolume: '10' }, 422, 'metering.distribute.no-flats'],
  ])('%s is refused', async (_what, more, status, code) => {
    const answer = await post('houses/H0001/distributions', { ...make, ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is printed, and a stranger does not see the house', async () => {
    const { body } = await api.call('GET', 'metering/distributions?state=signed', operator);
    const path = `metering/distributions/${body.items[0].id}`;
    const file = await api.call('GET', `${path}/file`, operator);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await api.call('GET', path, stranger)).status).toBe(404);
    expect((await api.call('GET', 'metering/distributions', stranger)).body.items).toEqual([]);
  });
});
