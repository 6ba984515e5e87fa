import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseActInput } from '../contract/case.schema.ts';
import { CASES, type Cases } from '../server/services/ports.ts';
import { CaseReceipts } from '../server/cases/case-receipts.service.ts';
import { type CaseWorld, caseWorld, chief, codeOf, fileOrder, heat, lawyer, numberOf, partsOf, TODAY } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.api.close());

const paper = (name: string, on: string, number = '1'): NonNullable<CaseActInput['papers']>[number] => ({ paper: name as 'pack', number, on });
const take = (id: string): Promise<number> => world.api.app.get(CaseReceipts, { strict: false }).take(id);
const done = async (id: string, input: Omit<CaseActInput, 'version'>): Promise<string> => {
  const answer = await world.act(id, input);
  if (answer.status >= 400) throw new Error(JSON.stringify(answer.body));
  return answer.body.status;
};
/** What the first page of the lawyer says of terms: task, case, last day. */
const termsAtHome = async (): Promise<readonly (readonly string[])[]> => {
  const { body } = await world.api.call('GET', 'administration/home', lawyer);
  const found = body.queues.find(({ key }: { key: string }) => key === 'legal.case-terms');
  return found.items.map(({ title, href, due }: { title: { key: string }; href: string; due: string }) => [title.key, href, due]);
};
describe('a lawyer takes a case from the pretension to the money', () => {
  let id: string;
  it('a pretension freezes dunning, takes all overdue months of one creditor, and reads as a letter', async () => {
    await world.on(TODAY);
    id = await world.pretension(1);
    const { item, parts, tasks, acts } = await world.view(id);
    expect([item.status, item.claimed, item.provider, parts.map(({ month }) => month)]).toEqual(['draft', '2000.00', 'P02', ['2026-08', '2026-09']]);
    expect([tasks.map(({ task }) => task), acts.filter(({ why }) => !why).map(({ act }) => act)]).toEqual([
      ['send-pretension'], ['send-pretension', 'restructure', 'withdraw', 'time-bar', 'record-death'],
    ]);
    const { body } = await world.api.call('GET', `legal/accounts/${numberOf(1)}/cases`, lawyer);
    expect([body.frozen, body.cases.length]).toEqual([true, 1]);
    const text = await world.api.call('GET', `legal/cases/${id}/pretension`, lawyer);
    expect(text.body.paragraphs.join(' ')).toContain('2\u00a0000,00 грн');
    expect(await termsAtHome()).toEqual([['legal.case.task.send-pretension', `/legal/cases/${id}`, '2026-12-07']]);
  });
  it('nothing is served without proof; the answer has thirty days; then papers go on in the same case', async () => {
    expect(await done(id, { act: 'send-pretension', on: TODAY, papers: [paper('pretension', TODAY)] })).toBe('pretension-sent');
    expect(codeOf(await world.act(id, { act: 'serve-pretension', on: TODAY }))).toBe('legal.case.paper-missing');
    await done(id, { act: 'serve-pretension', on: TODAY, papers: [paper('proof-of-service', TODAY, '0600012345678')] });
    expect((await world.view(id)).dates.answerUntil).toBe('2026-12-23'); // 23.11 + 30 days, a Wednesday
    expect(await termsAtHome()).toEqual([]);
    await world.on('2026-12-09'); // two weeks before
    expect(await termsAtHome()).toEqual([['legal.case.task.pretension-answer', `/legal/cases/${id}`, '2026-12-23']]);
    expect(codeOf(await world.act(id, { act: 'pretension-unpaid', on: TODAY }))).toBe('legal.case.answer-not-over');
    await world.on('2027-01-11');
    expect(await done(id, { act: 'pretension-unpaid', on: '2027-01-11' })).toBe('pretension-unpaid');
    expect(await fileOrder(world, 1, { filedOn: '2027-01-11' })).toBe(id);
    const { item, events, fees } = await world.view(id);
    expect([item.status, item.claimed, item.filedOn, item.court !== null]).toEqual(['order-filed', '2278.54', '2027-01-11', true]);
    expect(events.map(({ act }) => act)).toEqual(['file-order', 'prepare-pack', 'pretension-unpaid', 'serve-pretension', 'send-pretension', 'opened']);
    expect(fees).toEqual([{ kind: 'order', amount: '266.24', paidOn: '2027-01-11', state: 'paid' }]);
  });
  it('a decision for more than was claimed is refused; the order comes into force on its day', async () => {
    const order = { act: 'issue-order', on: '2027-01-15', courtNumber: '2-н/501/1/27', papers: [paper('court-order', '2027-01-15')] } as const;
    const { parts } = await world.view(id);
    const more = parts.map(({ no, claimed, part }) => ({ no, amount: part === 'fee' ? '300.00' : claimed }));
    await world.on('2027-01-15');
    expect(codeOf(await world.act(id, { ...order, awarded: more }))).toBe('legal.case.awarded-more');
    expect(codeOf(await world.act(id, { ...order, awarded: more.slice(1) }))).toBe('legal.case.awarded-missing');
    expect(codeOf(await world.act(id, { ...order, on: '2027-01-10', awarded: 'all' }))).toBe('legal.case.days-reversed');
    expect(await done(id, { ...order, awarded: 'all' })).toBe('order-issued');
    await world.on('2027-08-18');
    await done(id, { act: 'serve-order', on: '2027-08-18', papers: [paper('proof-of-service', '2027-08-18')] });
    // law.md 5.1: 15 days to ask for cancelling, in force 5 days after that term: 18.08 -> 02.09 -> 07.09, so from 08.09
    expect((await world.view(id)).dates.forceOn).toBe('2027-09-08');
    await world.on('2027-09-08');
    expect(await done(id, { act: 'order-in-force', on: '2027-09-08' })).toBe('order-in-force');
    const ledger = await world.api.database.db.query<{ kind: string; kop: bigint; month: string }>(
      `select e.kind, e.amount_kop as kop, to_char(e.for_period, 'YYYY-MM') as month from billing.pub_posting_v1 o
       join billing.pub_ledger_v1 e on e.posting_id = o.id where o.document_kind = 'legal-case' and o.document_id = $1 order by 1`,
      [id],
    );
    expect(ledger).toEqual([{ kind: 'court-award', kop: 1_230n, month: '2026-08' }, { kind: 'court-fee', kop: 26_624n, month: '2026-08' }]);
  });
  it('an executor tells of money; it counts when it is in the ledger, by the stated order; the last part closes the case', async () => {
    await done(id, { act: 'receive-exec-doc', on: '2027-09-08', papers: [paper('exec-document', '2027-09-08')] });
    const present = { act: 'present-state', on: '2027-09-08', papers: [paper('executor-ruling', '2027-09-08')], executor: { name: 'Перший ВДВС', number: '78410226' } } as const;
    expect(await done(id, present)).toBe('executor-state');
    const told = await world.post(`legal/cases/${id}/receipts`, { on: '2027-09-08', amount: '500.00', reference: 'ПД-1' });
    expect([told.status, (await world.view(id)).item.outstanding]).toEqual([201, '2278.54']);
    expect(codeOf(await world.post(`legal/cases/${id}/receipts`, { on: '2027-09-08', amount: '500.00', reference: 'ПД-1' }))).toBe('legal.case.receipt-twice');
    await world.payNamed(1, '500.00', '2027-09-08', 'HEAT');
    expect(await take(id)).toBe(1);
    const { item, parts, receipts } = await world.view(id);
    expect([item.status, receipts.map(({ state, source }) => `${source} ${state}`)]).toEqual(['partially-paid', ['executor tied']]);
    expect(parts.map(({ part, month, recovered }) => [part, month, recovered])).toEqual([
      ['principal', '2026-08', '221.46'], ['principal', '2026-09', '0.00'], ['fee', null, '266.24'], ['interest', '2026-08', '12.30'],
    ]);
    expect(await take(id)).toBe(0);
    expect(codeOf(await world.act(id, { act: 'complete', on: '2027-09-08' }))).toBe('legal.case.still-owed');
    await world.payNamed(1, '1778.54', '2027-09-08', 'HEAT');
    expect(await take(id)).toBe(1);
    expect((await world.view(id)).tasks.some(({ task }) => task === 'paid-review')).toBe(true);
    expect(await done(id, { act: 'complete', on: '2027-09-08' })).toBe('completed');
    const holds = await world.api.database.db.query(`select hold_id from debt.pub_hold_v1 where account_id = 1 and period @> '2027-09-10'::date`);
    expect([holds.length, codeOf(await world.act(id, { act: 'withdraw', on: '2027-09-08', reason: 'помилково закрито' }))]).toEqual([0, 'legal.case.closed']);
    expect(await world.violations()).toBe(0);
  });
});

describe('a cancelled order', () => {
  it('its fee is credited to the claim of the same case; an amended claim; a default decision in part', async () => {
    await world.on(TODAY);
    const id = await fileOrder(world, 2);
    await done(id, { act: 'issue-order', on: TODAY, courtNumber: '2-н/501/2/26', awarded: 'all', papers: [paper('court-order', TODAY)] });
    await done(id, { act: 'cancel-order', on: TODAY, papers: [paper('cancellation', TODAY)] });
    const cases = world.api.app.get<Cases>(CASES, { strict: false });
    expect(await cases.creditableFees(2, 2)).toEqual([{ caseId: id, amountKop: 26_624n }]);
    expect(await fileOrder(world, 2, { kind: 'claim', parts: partsOf(332_800n) })).toBe(id);
    expect((await world.view(id)).fees.map(({ kind, amount, state }) => [kind, amount, state])).toEqual([
      ['order', '266.24', 'credited'], ['claim', '3061.76', 'paid'],
    ]);
    expect(codeOf(await world.act(id, { act: 'amend-claim', on: TODAY, reason: 'сплачено частину боргу', papers: [paper('amended-claim', TODAY)] }))).toBe('legal.case.amended-missing');
    await done(id, { act: 'amend-claim', on: TODAY, reason: 'сплачено частину боргу', amended: [{ no: 2, amount: '400.00' }], papers: [paper('amended-claim', TODAY)] });
    const { parts } = await world.view(id);
    const awarded = parts.map(({ no, claimed, part }) => ({ no, amount: part === 'interest' ? '0.00' : claimed }));
    expect(await done(id, { act: 'decide-in-absence', on: TODAY, courtNumber: '501/77/26', awarded, papers: [paper('decision', TODAY)] })).toBe('default-decision');
    const { item, dates, parts: now } = await world.view(id);
    expect([item.outstanding, dates.appealUntil, now.find(({ part }) => part === 'interest')?.refused]).toEqual(['4728.00', '2026-12-23', '12.30']);
    expect(await world.violations()).toBe(0);
  });
});

describe('what does not fit is refused by name or becomes a task', () => {
  beforeEach(() => world.on(TODAY));
  it('the same month twice, the same number twice, a court that does not exist, a case that somebody changed', async () => {
    const id = await fileOrder(world, 3, { caseNumber: '2-н/501/9/26' });
    await expect(fileOrder(world, 3)).rejects.toMatchObject({ code: 'legal.case.duplicate' });
    await expect(fileOrder(world, 4, { caseNumber: '2-н/501/9/26' })).rejects.toMatchObject({ code: 'legal.case.number-taken' });
    const refuse = { act: 'refuse-order', on: TODAY, papers: [paper('court-ruling', TODAY)] } as const;
    expect(codeOf(await world.act(id, { ...refuse, court: 'C99' }))).toBe('legal.court.unknown');
    expect(codeOf(await world.post(`legal/cases/${id}/acts`, { ...refuse, version: 1 }))).toBe('legal.case.changed');
    expect(codeOf(await world.act(id, { act: 'appeal', on: TODAY, papers: [paper('appeal', TODAY)] }))).toBe('legal.case.act-illegal');
    expect(codeOf(await world.act(id, { ...refuse, papers: [paper('court-ruling', '2026-12-01')] }))).toBe('legal.case.paper-future');
    expect((await world.post('legal/pretensions', { account: numberOf(3), provider: 'P02', reason: 'повторна претензія' })).body.code).toBe('legal.case.duplicate');
  });
  it('a court that was renamed keeps its old name in the filed case and shows the new one', async () => {
    const id = await fileOrder(world, 5);
    const { owner } = world.api.database;
    await owner.query(`update legal.court set valid = '[2015-09-01,2026-11-24)' where code = 'C01'`);
    await owner.query(`insert into legal.court select (select max(id) + 1 from legal.court), code, 'Новий міський суд', name_genitive, name_dative, level, case_prefix, edrpou,
      address, email, fee_recipient, fee_recipient_edrpou, fee_bank, fee_mfo, fee_iban, budget_code, fee_purpose, '[2026-11-24,)', mark from legal.court where code = 'C01'`);
    expect((await world.view(id)).courtNow).toBeNull();
    await world.on('2026-12-01');
    const { item, courtNow } = await world.view(id);
    expect([item.court === 'Новий міський суд', courtNow]).toEqual([false, 'Новий міський суд']);
  });
  it('a write-off needs a second person and leaves the debt by its own kind', async () => {
    const id = await fileOrder(world, 6);
    await done(id, { act: 'issue-order', on: TODAY, courtNumber: '2-н/501/6/26', awarded: 'all', papers: [paper('court-order', TODAY)] });
    await done(id, { act: 'serve-order', on: TODAY, papers: [paper('proof-of-service', TODAY)] });
    await world.on('2026-12-30');
    await done(id, { act: 'order-in-force', on: '2026-12-30' });
    const asked = await world.act(id, { act: 'write-off', on: '2026-12-30', reason: 'безнадійний борг, рішення комісії', papers: [paper('write-off-decision', '2026-12-30')] });
    expect([asked.body.status, asked.body.approvalId === null]).toEqual(['order-in-force', false]);
    const decide = await world.api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, chief, { reason: 'рішення комісії перевірено' }, { 'idempotency-key': crypto.randomUUID() });
    expect(decide.status).toBeLessThan(300);
    const { item, parts } = await world.view(id);
    expect([item.status, item.outstanding, parts[0]?.writtenOff]).toEqual(['written-off', '0.00', '1000.00']);
    expect(await world.violations()).toBe(0);
  });
  it('a provider sees its own cases only; terms of law are not moved, those of the Centre are', async () => {
    const foreign = await world.pretension(7, 'P08');
    const own = await world.pretension(7);
    const seen = await world.api.call('GET', 'legal/cases?limit=200', heat);
    expect(seen.body.items.every(({ provider }: { provider: string }) => provider === 'P02')).toBe(true);
    expect((await world.api.call('GET', `legal/cases/${foreign}`, heat)).status).toBe(404);
    await done(own, { act: 'send-pretension', on: TODAY, papers: [paper('pretension', TODAY)] });
    const { tasks } = await world.view(own);
    const move = (dueOn: string): Promise<string> => world.post(`legal/cases/${own}/tasks/${tasks[0]?.id}`, { dueOn, reason: 'пошта ще не повернула доказ' }).then(codeOf);
    expect([await move('2026-11-01'), await move('2026-12-31')]).toEqual(['legal.case.term-past', '201']);
    await done(own, { act: 'serve-pretension', on: TODAY, papers: [paper('proof-of-service', TODAY)] });
    const [answer] = (await world.view(own)).tasks;
    expect(codeOf(await world.post(`legal/cases/${own}/tasks/${answer?.id}`, { dueOn: '2027-02-02', reason: 'боржник просить більше часу' }))).toBe('legal.case.term-of-law');
    expect(codeOf(await world.post(`legal/cases/${own}/tasks/${answer?.id}`, { reason: 'закрити без відповіді' }))).toBe('legal.case.task-of-course');
  });
});
