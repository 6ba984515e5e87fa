import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { buildFlat, manager, meteringApi, operator, SERVICE, stranger } from './world.ts';

let api: TestApi;
let key = 0;
const post = (path: string, body: object, as = operator) =>
  api.call('POST', `metering/${path}`, as, body, { 'idempotency-key': `presence-test-${(key += 1)}` });
const approvals = (id: string, verb: 'approve' | 'reject', as = manager) =>
  api.call('POST', `administration/approvals/${id}/${verb}`, as, { reason: 'перевірено' });
const numbers: string[] = [];
const absence = {
  services: ['CW'],
  from: '2026-10-01',
  to: '2026-11-15',
  appliedOn: '2026-11-20',
  channel: 'paper',
  document: { kind: 'довідка з місця навчання', number: '12/а', date: '2026-11-18' },
  reason: 'навчання в іншому місті',
};
const act = {
  actNumber: 'АП-1',
  actDate: '2026-11-12',
  service: 'HEAT',
  scope: 'house',
  house: 'H0001',
  kind: 'quality',
  from: '2026-11-08',
  to: '2026-11-11',
  reason: 'температура 14 °C',
};

beforeAll(async () => {
  api = await meteringApi();
  const { owner } = api.database;
  numbers[1] = await buildFlat(owner, { id: 1, residents: 2, method: 'norm', services: [SERVICE.CW, SERVICE.HEAT] });
  numbers[2] = await buildFlat(owner, { id: 2, residents: 1, method: 'meter', services: [SERVICE.CW, SERVICE.HEAT] });
  numbers[3] = await buildFlat(owner, { id: 3, residents: 0, method: 'norm', services: [SERVICE.CW] });
});
afterAll(() => api.close());

describe('a temporary absence', () => {
  it.each([
    ['of thirty days', 1, { to: '2026-10-30' }, 'metering.absence.too-short'],
    ['that ends before it begins', 1, { to: '2026-09-01' }, 'metering.absence.reversed'],
    ['from a service by meter', 2, {}, 'metering.absence.not-lowered'],
    ['from a flat where nobody lives', 3, {}, 'metering.absence.nobody'],
    ['applied for tomorrow', 1, { appliedOn: '2026-11-24' }, 'metering.day.in-future'],
  ])('%s is refused with its rule', async (_what, flat, more, code) => {
    const answer = await post(`accounts/${numbers[flat]}/absences`, { ...absence, ...more });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('without a document is refused at the field', async () => {
    const answer = await post(`accounts/${numbers[1]}/absences`, {
      ...absence,
      document: { kind: '', number: '', date: '2026-11-18' },
    });
    expect([answer.status, answer.body.issues[0].path]).toEqual([400, 'body.document.kind']);
  });

  it('waits for a second person, names the closed month, and counts when approved', async () => {
    const made = await post(`accounts/${numbers[1]}/absences`, absence);
    expect(made.body).toMatchObject({ accounts: 1, closedMonths: ['2026-10'] });
    const view = 'select service_id, person_id, valid::text as valid from metering.pub_absence_v1';
    expect(await api.database.db.query(view)).toEqual([]);
    expect((await post(`accounts/${numbers[1]}/absences`, absence)).body.code).toBe('metering.absence.overlaps');
    expect((await approvals(made.body.approvalId, 'approve')).status).toBeLessThan(300);
    expect(await api.database.db.query(view)).toEqual([
      { service_id: SERVICE.CW, person_id: null, valid: '[2026-10-01,2026-11-16)' },
    ]);
    const { body } = await api.call('GET', `metering/accounts/${numbers[1]}/absences`, operator);
    expect(body.items).toMatchObject([{ days: 46, state: 'approved', decidedBy: 'manager', services: ['CW'] }]);
    expect(body).toMatchObject({ minDays: 30, services: [{ code: 'CW' }, { code: 'HEAT' }] });
    expect((await api.call('GET', `metering/accounts/${numbers[1]}/absences`, stranger)).status).toBe(404);
  });
});

describe('an act of quality', () => {
  it('takes the percent of the rule, with its mark, and concerns every flat with the service', async () => {
    const made = await post('quality-acts', act);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ accounts: 2, closedMonths: [] });
    expect((await post('quality-acts', act)).body.code).toBe('metering.act.same-number');
    await approvals(made.body.approvalId, 'approve');
    const rows = await api.database.db.query(
      'select premises_id, percent::text as percent from metering.pub_quality_act_v1 order by premises_id',
    );
    expect(rows).toEqual([
      { premises_id: 1, percent: '3.300' },
      { premises_id: 2, percent: '3.300' },
      { premises_id: 3, percent: '3.300' },
    ]);
    const { body } = await api.call('GET', 'metering/quality-acts?state=approved&period=2026-11', operator);
    expect(body.items).toMatchObject([{ actNumber: 'АП-1', mark: 'needs a lawyer', accounts: 2, percent: '3.3' }]);
    expect((await api.call('GET', 'metering/quality-acts', stranger)).body.items).toEqual([]);
  });

  it('that is rejected never counts', async () => {
    const made = await post('quality-acts', { ...act, actNumber: 'АП-2' });
    await approvals(made.body.approvalId, 'reject');
    const { body } = await api.call('GET', 'metering/quality-acts?state=rejected', operator);
    expect(body.items).toMatchObject([{ actNumber: 'АП-2' }]);
    expect(await api.database.db.query(`select from metering.pub_quality_act_v1 where act_number = 'АП-2'`)).toEqual(
      [],
    );
  });

  it('of a riser by its flats says whom it concerns before it is recorded, and keeps nothing', async () => {
    const riser = { ...act, actNumber: 'АП-3', scope: 'riser', riser: '2', flats: ['1'], kind: 'non-delivery' };
    const count = async () => (await api.database.db.query('select from metering.quality_act')).length;
    const before = await count();
    const { status, body } = await post('quality-acts/look', riser);
    expect(status).toBe(201);
    expect(body).toEqual({
      percent: '100', mark: 'confirmed', accounts: [{ number: numbers[1], flat: '1' }], closedMonths: [], money: { available: true, effects: [], difference: '0.00' },
    });
    expect(await count()).toBe(before);
    const made = await post('quality-acts', riser);
    expect(made.body).toMatchObject({ accounts: 1 });
    await approvals(made.body.approvalId, 'approve');
    const [event] = await api.database.owner.query<{ payload: object }>(`select payload from platform.outbox where type = 'metering.quality-act-approved' order by id desc limit 1`);
    expect(event?.payload).toMatchObject({ act: 'АП-3', actDate: '2026-11-12', service: 'HEAT', from: '2026-11-08', to: '2026-11-11', accounts: [numbers[1]] });
  });

  it.each([
    ['of a riser without accounts', { scope: 'riser', riser: '2' }, 'metering.act.no-accounts'],
    ['of a flat that does not take the service', { scope: 'riser', riser: '2', flats: ['1', '3'] }, 'metering.act.no-flat'],
    ['of a riser without its name', () => ({ scope: 'riser', accounts: [numbers[1]] }), 'metering.act.no-riser'],
    [
      'of an account that does not take the service',
      () => ({ scope: 'flat', accounts: [numbers[3]] }),
      'metering.act.nobody',
    ],
    ['of 120 percent a day', { percent: '120' }, 'metering.act.percent'],
    ['of 0 percent a day', { percent: '0' }, 'metering.act.percent'],
    ['about a service without a rule', { service: 'CW' }, 'metering.act.no-percent'],
    ['about a service that nobody takes', { service: 'EL', kind: 'non-delivery' }, 'metering.act.nobody'],
    ['that ends before it begins', { to: '2026-11-01' }, 'metering.absence.reversed'],
  ])('%s is refused', async (_what, more, code) => {
    const answer = await post('quality-acts', {
      ...act,
      actNumber: 'АП-9',
      ...(typeof more === 'function' ? more() : more),
    });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });
});
