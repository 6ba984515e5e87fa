import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { CorrectionActivitiesImpl } from '../server/proposals/correction.activities.ts';
import { buildAccount, type BuiltAccount, registryApi } from './builders.ts';

const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
const second: Caller = { login: 'cashier-2', roles: ['cashier'] };
const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const chief: Caller = { login: 'chief', roles: ['manager'] };
const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
const WHY = 'абонент показав техпаспорт';
let api: TestApi;
let steps: CorrectionActivitiesImpl;
const built: BuiltAccount[] = [];
let keys = 0;

beforeAll(async () => {
  api = await registryApi();
  steps = new CorrectionActivitiesImpl(api.database.db);
  const { owner } = api.database;
  for (let id = 1; id <= 4; id += 1) built.push(await buildAccount(owner, { id }));
  for (const { login } of [cashier, second, clerk, chief, lawyer]) await api.scope(login, 'all');
});
afterAll(() => api.close());

const at = (index: number): string => built[index]?.number ?? '';
const head = async (index: number): Promise<Answer['body']> => (await api.call('GET', `registry/accounts/${at(index)}`, clerk)).body;
const key = (): Readonly<Record<string, string>> => ({ 'idempotency-key': `proposal-${(keys += 1)}` });
async function propose(index: number, as: Caller, side: string, change: object = { totalArea: '70' }): Promise<Answer> {
  const { version } = await head(index);
  const changes = [{ kind: 'premises', from: '2026-11-01', ...change }];
  return api.call('POST', `registry/accounts/${at(index)}/proposals`, as, { side, version, changes, reason: WHY, document: 'техпаспорт' }, key());
}
const decide = (id: string, as: Caller, body: object): Promise<Answer> => api.call('POST', `registry/proposals/${id}/decide`, as, body, key());
const view = (id: string, as: Caller): Promise<Answer> => api.call('GET', `registry/proposals/${id}`, as);
const shift = (id: string, days: number): Promise<object[]> =>
  api.database.owner.query(
    `update registry.proposal set due_at = due_at - make_interval(days => $2), escalate_at = escalate_at - make_interval(days => $2),
       expires_at = expires_at - make_interval(days => $2) where id = $1`,
    [id, days],
  );

describe('a correction of the cash desk', () => {
  it('changes nothing before the department agrees, then exactly what was compared', async () => {
    const made = await propose(0, cashier, 'desk');
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect((await head(0)).premises.totalArea).toBe('67.08');
    const seen = await view(id, clerk);
    const item = { field: 'total-area', subject: null, from: '2026-11-01', to: null, before: '67.08', after: '70.00' };
    expect(seen.body).toMatchObject({ state: 'waiting', side: 'desk', items: [item], stale: null, mayDecide: true, whyNot: null });
    expect(seen.body.preview).toMatchObject({ items: [item], money: { available: expect.any(Boolean) } });
    const agreed = await decide(id, clerk, { approve: true });
    expect([agreed.status, agreed.body.state, agreed.body.decidedBy]).toEqual([200, 'approved', 'clerk']);
    expect((await head(0)).premises.totalArea).toBe('70.00');
    const { body } = await api.call('GET', `registry/accounts/${at(0)}/history`, clerk);
    expect(body.items[0]).toMatchObject({ actor: 'cashier', before: '67.08', after: '70.00', proposal: id, document: 'техпаспорт' });
    const again = await decide(id, clerk, { approve: true });
    expect([again.status, again.body.code]).toEqual([409, 'registry.proposal.decided']);
  });
  it('is refused with a reason, and nothing changes', async () => {
    const { id } = (await propose(1, cashier, 'desk')).body;
    expect((await decide(id, clerk, { approve: false })).body.code).toBe('registry.proposal.reason-needed');
    const refused = await decide(id, clerk, { approve: false, reason: 'площа в техпаспорті інша' });
    expect(refused.body).toMatchObject({ state: 'refused', decisionReason: 'площа в техпаспорті інша' });
    expect((await head(1)).premises.totalArea).toBe('67.08');
  });
  it('is decided by the other side only, never by its author', async () => {
    const { id } = (await propose(1, cashier, 'desk')).body;
    const code = async (as: Caller) => (await decide(id, as, { approve: true })).body.code;
    expect(await code(cashier)).toBe('registry.proposal.own');
    expect(await code(second)).toBe('registry.proposal.own-side');
    expect(await code(chief)).toBe('registry.proposal.no-permission');
    expect([await code(lawyer), (await propose(1, clerk, 'desk')).body.code]).toEqual(['platform.forbidden', 'platform.forbidden']);
    const mine = async (as: Caller) => (await api.call('GET', 'registry/proposals?mine=yes', as)).body.items.map((item: { id: string }) => item.id);
    expect([await mine(clerk), await mine(cashier)]).toEqual([[id], []]);
    const back = await api.call('POST', `registry/proposals/${id}/withdraw`, second, { reason: 'помилилась рахунком' });
    expect([back.status, back.body.code]).toEqual([403, 'registry.proposal.not-yours']);
    expect((await api.call('POST', `registry/proposals/${id}/withdraw`, cashier, { reason: 'помилилась рахунком' })).body.state).toBe('withdrawn');
  });
  it('that could not be saved cannot be proposed', async () => {
    const { status, body } = await propose(1, cashier, 'desk', { totalArea: '10000' });
    expect([status, body.code]).toEqual([422, 'registry.rule.area-limit']);
  });
  it('is not done when the card changed in between: the field is named', async () => {
    const { id } = (await propose(2, cashier, 'desk')).body;
    const other = (await propose(2, cashier, 'desk', { totalArea: '68' })).body.id;
    expect((await decide(other, clerk, { approve: true })).status).toBe(200);
    expect((await view(id, clerk)).body).toMatchObject({ stale: 'registry.proposal.stale', mayDecide: true });
    const late = await decide(id, clerk, { approve: true });
    expect([late.status, late.body.code, late.body.params.field]).toEqual([409, 'registry.proposal.stale', 'total-area']);
    expect((await head(2)).premises.totalArea).toBe('68.00');
  });
  it('keeps what was proposed sealed', async () => {
    const person = { surname: 'Таємний', givenName: 'Олег', patronymic: 'Ігорович', sex: 'm', birthDate: '1982-08-12', taxNumber: '3017400012' };
    const { version } = await head(3);
    const changes = [{ kind: 'resident-add', person, residence: 'registered', from: '2026-11-10' }];
    const body = { side: 'desk', version, changes, reason: WHY };
    const { body: made } = await api.call('POST', `registry/accounts/${at(3)}/proposals`, cashier, body, key());
    const [row] = await api.database.owner.query<{ text: string }>(`select p::text as text from registry.proposal p where id = $1`, [made.id]);
    expect(row?.text).not.toContain('3017400012');
    expect((await decide(made.id, clerk, { approve: true })).status).toBe(200);
    expect(await head(3)).toMatchObject({ residentCount: 1 });
  });
});

describe('terms of the agreement', () => {
  it('remind, then let the manager decide, then end without a change; each step only once', async () => {
    const { id } = (await propose(1, clerk, 'department')).body;
    const step = async () => (await steps.correctionSituation(id)).step;
    expect(await steps.correctionSituation(id)).toMatchObject({ step: 'wait', paused: false });
    const { waitMs } = await steps.correctionSituation(id);
    expect(Math.round(waitMs / 86_400_000)).toBe(3);
    await shift(id, 4);
    expect(await step()).toBe('remind');
    await steps.remindCorrection(id);
    await steps.remindCorrection(id);
    expect([await step(), (await view(id, second)).body.overdue]).toEqual(['wait', true]);
    expect((await decide(id, chief, { approve: true })).body.code).toBe('registry.proposal.no-permission');
    await shift(id, 2);
    expect(await step()).toBe('escalate');
    await steps.escalateCorrection(id);
    expect([await step(), (await view(id, chief)).body.mayDecide]).toEqual(['wait', true]);
    await steps.expireCorrection(id); // not yet: the term stands
    expect((await view(id, chief)).body.state).toBe('waiting');
    await shift(id, 40);
    expect(await step()).toBe('expire');
    await steps.expireCorrection(id);
    await steps.expireCorrection(id);
    expect([await step(), (await view(id, chief)).body.state]).toEqual(['end', 'expired']);
    const events = await api.database.owner.query<{ message_key: string }>(
      `select message_key from platform.process_event where workflow_id = $1 order by id`,
      [`registry.correction-approval/${id}`],
    );
    expect(events.map(({ message_key: name }) => name.replace('registry.proposal.event.', ''))).toEqual(['made', 'remind', 'escalate', 'expire']);
  });
  it('are held by a pause, and a stop takes the proposal back', async () => {
    const { id } = (await propose(1, cashier, 'desk')).body;
    const command = (name: 'pause' | 'resume' | 'stop') => steps.recordCorrectionCommand({ proposalId: id, command: name, by: 'chief', reason: WHY });
    await command('pause');
    expect((await steps.correctionSituation(id)).paused).toBe(true);
    await command('resume');
    expect((await steps.correctionSituation(id)).paused).toBe(false);
    await command('stop');
    expect([(await steps.correctionSituation(id)).step, (await view(id, clerk)).body.state]).toEqual(['end', 'withdrawn']);
  });
  it('start and ring their process by events', async () => {
    const rows = await api.database.owner.query<{ type: string; count: number }>(
      `select type, count(*)::int as count from platform.outbox where type like 'registry.proposal-%' group by type order by type`,
    );
    const [made] = await api.database.owner.query<{ count: number }>('select count(*)::int as count from registry.proposal');
    expect(rows).toEqual([{ type: 'registry.proposal-decided', count: 5 }, { type: 'registry.proposal-made', count: made?.count }]);
  });
});
