import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { CaseMoneyCheck } from '../server/cases/case-laws.ts';
import { CaseActivitiesImpl } from '../server/cases/case.activities.ts';
import { CaseAccountMerged, CaseDebtorDied } from '../server/cases/case-signals.ts';
import { CaseReceipts } from '../server/cases/case-receipts.service.ts';
import { CaseActs } from '../server/cases/case-acts.service.ts';
import { CaseDemo } from '../server/demo/case.demo.ts';
import { type CaseWorld, caseWorld, codeOf, fileOrder, lawyer, numberOf, SCAN, TODAY } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
  await world.on(TODAY);
});
afterAll(() => world.api.close());
const number = async (id: string): Promise<string> => (await world.view(id)).item.number;
const upload = (kind: string, name: string, bytes: Buffer): ReturnType<CaseWorld['post']> =>
  world.api.call('POST', `legal/case-lists?kind=${kind}&name=${encodeURIComponent(name)}`, lawyer, bytes);
const outcomes = async (id: string): Promise<string[]> => {
  const { body } = await world.api.call('GET', `legal/case-lists/${id}`, lawyer);
  return body.rows.map(({ line, outcome, why }: { line: number; outcome: string; why: { code: string } | null }) => `${line} ${outcome} ${why?.code ?? ''}`.trim());
};
const activities = (): CaseActivitiesImpl => {
  const get = <T>(type: abstract new (...args: never[]) => T): T => world.api.app.get(type, { strict: false });
  return new CaseActivitiesImpl(world.api.database.db, get(CaseActs), get(CaseReceipts));
};

describe('lists of courts and executors', () => {
  it('a court’s CSV is previewed row by row, taken with an outcome each, and is one list whatever its name', async () => {
    const [first, second] = [await fileOrder(world, 1), await fileOrder(world, 2)];
    const [one, two] = [await number(first), await number(second)];
    const csv = [
      'Справа;Стан;Дата;Документ;Номер суду;Сума',
      `${one};наказ видано;23.11.2026;н-1;2-н/501/1/26;2278,54`,
      `${two};наказ видано;23.11.2026;н-2;2-н/501/2/26;3000,00`,
      `${two};наказ видано;23.11.2026;н-2;2-н/501/2/26;1000,00`,
      `С-0000/1;наказ видано;23.11.2026;н-3;2-н/501/3/26;1,00`,
      `${two};відмовлено у видачі;31.02.2026;у-1;;`,
      `${two};загублено;23.11.2026;у-1;;`,
      `${one};відмовлено у видачі;24.11.2026;у-1;;`,
    ].join('\r\n');
    const { body, status } = await upload('court', 'суд.csv', Buffer.from(csv, 'utf8'));
    expect([status, body.repeated]).toEqual([201, false]);
    expect(await outcomes(body.id)).toEqual([
      '2 ready', '3 problem legal.case.awarded-more', '4 problem legal.list.sum-differs', '5 problem legal.list.case-unknown', '6 problem legal.list.cell-wrong',
      '7 problem legal.list.state-unknown', '8 problem legal.case.future-day',
    ]);
    expect((await world.view(first)).item.status).toBe('order-filed');
    expect((await upload('court', 'інша назва.csv', Buffer.from(csv, 'utf8'))).body).toEqual({ id: body.id, repeated: true });
    expect(codeOf(await world.post(`legal/case-lists/${body.id}/order`, { act: 'take' }))).toBe('201');
    expect((await outcomes(body.id))[0]).toBe('2 done');
    const { item, parts } = await world.view(first);
    expect([item.status, item.courtNumber, parts.every(({ awarded, claimed }) => awarded === claimed)]).toEqual(['order-issued', '2-н/501/1/26', true]);
    expect(codeOf(await world.post(`legal/case-lists/${body.id}/order`, { act: 'take' }))).toBe('legal.list.taken');
  });
  it('an executor’s XLSX with opening and money; what is no table is refused', async () => {
    const id = await fileOrder(world, 3);
    await world.walk(id, ['issue-order', 'serve-order', 'order-in-force', 'receive-exec-doc']);
    const day = (await world.view(id)).events[0]?.on ?? TODAY;
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('ВП');
    sheet.addRow(['Справа', 'Стан', 'Дата', 'Документ', 'Номер ВП', 'Виконавець', 'Сума']);
    sheet.addRow([await number(id), 'Відкрито державним', day, 'п-1', '78410226', 'Перший ВДВС', '']);
    const { body } = await upload('executor', 'виконавець.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
    expect(await outcomes(body.id)).toEqual(['2 ready']);
    await world.post(`legal/case-lists/${body.id}/order`, { act: 'take' });
    expect((await world.view(id)).executor).toEqual({ kind: 'state', name: 'Перший ВДВС', number: '78410226' });
    await world.payNamed(3, '300.00', day, 'HEAT');
    const csv = `справа,стан,дата,документ,сума\n78410226,надходження,${day},ПД-9,300.00\n`;
    const money = await upload('executor', 'гроші.csv', Buffer.from(csv));
    await world.post(`legal/case-lists/${money.body.id}/order`, { act: 'take' });
    const { receipts, item } = await world.view(id);
    expect([receipts.map(({ source, state, amount }) => `${source} ${state} ${amount}`), item.status]).toEqual([['executor tied 300.00'], 'partially-paid']);
    expect(await world.violations()).toBe(0);
    expect(codeOf(await upload('executor', 'гроші.doc', Buffer.from('x')))).toBe('legal.list.file-kind');
    expect(codeOf(await upload('executor', 'порожній.xlsx', Buffer.from('x')))).toBe('legal.list.file-empty');
    expect(codeOf(await upload('court', 'без стану.csv', Buffer.from('справа,дата,документ\n1,2,3\n')))).toBe('legal.list.column-missing');
    await world.on(TODAY);
  });
});

describe('registers', () => {
  it.each(['filed', 'issued', 'contested', 'enforcement', 'hearings', 'fees', 'effectiveness'])('%s: page and file say the same', async (name) => {
    const page = await world.api.call('GET', `legal/registers/${name}?limit=200`, lawyer);
    expect([page.status, page.body.totals.count]).toEqual([200, page.body.items.length]);
    const csv = await world.api.call('GET', `legal/registers/${name}/file?format=csv`, lawyer);
    expect([csv.status, csv.bytes.length > 0]).toEqual([200, true]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array((await world.api.call('GET', `legal/registers/${name}/file?format=xlsx`, lawyer)).bytes).buffer);
    for (const { cells } of page.body.items) {
      const found = book.worksheets[0]?.getSheetValues().some((row) => Array.isArray(row) && row.includes(cells.number ?? cells.provider));
      expect(found).toBe(true);
    }
  });
  it('effectiveness: recovered of awarded, and what a recovered hryvnia cost', async () => {
    const { body } = await world.api.call('GET', 'legal/registers/effectiveness', lawyer);
    const [row] = body.items;
    const [sums] = await world.api.database.db.query<{ recovered: bigint; base: bigint; cost: bigint }>(
      `select sum(recovered_kop) as recovered, sum(coalesce(awarded_kop, claimed_kop)) as base, (select sum(amount_kop) from legal.case_fee) as cost
       from legal.case_part`,
    );
    const rate = (Number(sums?.recovered) * 100) / Number(sums?.base);
    expect(Math.abs(Number(row.cells.rate) - rate)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(Number(row.cells.costPerHryvnia) - Number(sums?.cost) / Number(sums?.recovered))).toBeLessThanOrEqual(0.005);
  });
  it('the list of cases as a file; a scan is kept and given back', async () => {
    const csv = await world.api.call('GET', 'legal/cases/file?format=csv', lawyer);
    expect(csv.bytes.toString('utf8')).toContain('С-2026/');
    const id = await world.pretension(10);
    const kept = await world.api.call('POST', `legal/case-files?name=${encodeURIComponent('претензія.pdf')}`, lawyer, SCAN);
    const papers = [{ paper: 'pretension' as const, number: '7', on: TODAY, file: { sha256: kept.body.sha256, name: 'претензія.pdf' } }];
    expect((await world.act(id, { act: 'send-pretension', on: TODAY, papers })).status).toBe(201);
    const [document] = (await world.view(id)).documents;
    const back = await world.api.call('GET', `legal/cases/${id}/documents/${document?.id}/file`, lawyer);
    expect([back.bytes.equals(SCAN), back.headers['content-type']]).toEqual([true, 'application/pdf']);
    expect(codeOf(await world.api.call('POST', 'legal/case-files?name=virus.exe', lawyer, SCAN))).toBe('legal.case.file-kind');
  });
});

describe('what happens around a case', () => {
  it('a payment is seen by the process and tied; a rolled back one comes back', async () => {
    const id = await fileOrder(world, 11);
    expect((await activities().caseSituation(id)).step).toBe('wait');
    const paymentId = await world.payNamed(11, '1000.00', TODAY, 'HEAT');
    await world.payNamed(11, '55.00', TODAY, 'MNT');
    expect((await activities().caseSituation(id)).step).toBe('receipts');
    await activities().takeCaseReceipts(id);
    expect([(await activities().caseSituation(id)).step, (await world.view(id)).item.outstanding]).toEqual(['wait', '1278.54']);
    await world.api.database.owner.query('update payments.payment set rolled_back_at = now() where id = $1', [paymentId]);
    await activities().takeCaseReceipts(id);
    const { item, receipts } = await world.view(id);
    expect([item.outstanding, receipts.map(({ state }) => state)]).toEqual(['2278.54', ['undone']]);
  });
  it('a contract of restructuring puts the case aside; a person lets it go on', async () => {
    const id = await fileOrder(world, 12);
    await world.hold(12, 'contract', 'Р-2026/0001');
    expect((await activities().caseSituation(id)).step).toBe('contract');
    await activities().parkCaseForContract(id);
    const { item, documents, tasks } = await world.view(id);
    expect([item.status, documents[0]?.number, tasks.map(({ task }) => task)]).toEqual(['restructured', 'Р-2026/0001', ['contract-review']]);
    expect((await world.act(id, { act: 'resume', on: TODAY, reason: 'договір розірвано за несплату' })).body.status).toBe('order-filed');
  });
  it('a death puts it aside once; a merged account is decided by a person', async () => {
    const id = await fileOrder(world, 13);
    const { owner } = world.api.database;
    await owner.query(`update registry.person set died_on = '2026-11-20' where id = '00000000-0000-7000-8000-000000000013'`);
    const died = world.api.app.get(CaseDebtorDied, { strict: false });
    await died.handle({ id: crypto.randomUUID(), payload: { accountId: 13 } });
    expect((await world.view(id)).item.status).toBe('debtor-died');
    expect((await world.act(id, { act: 'resume', on: TODAY, reason: 'спадкоємця встановлено' })).body.status).toBe('order-filed');
    await died.handle({ id: crypto.randomUUID(), payload: { accountId: 13 } });
    expect((await world.view(id)).item.status).toBe('order-filed');
    const merged = world.api.app.get(CaseAccountMerged, { strict: false });
    const event = { id: crypto.randomUUID(), payload: { accountId: 13, intoAccountId: 14, on: TODAY, balanceKop: '0' } };
    await merged.handle(event);
    await merged.handle(event);
    const tasks = (await world.view(id)).tasks.filter(({ task }) => task === 'account-merged');
    expect(tasks.length).toBe(1);
    await world.post(`legal/cases/${id}/tasks/${tasks[0]?.id}`, { reason: 'рахунок продовжено як інший' });
    expect((await world.view(id)).item.account).toBe(numberOf(14));
    expect((await world.api.call('GET', `legal/accounts/${numberOf(14)}/cases`, lawyer)).body.frozen).toBe(true);
  });
  it('reminds before a term, escalates to the head after it, each once', async () => {
    const id = await fileOrder(world, 15);
    const due = (await world.view(id)).tasks[0]?.dueOn ?? '';
    await world.on(due);
    expect((await activities().caseSituation(id)).step).toBe('remind');
    await activities().remindCase(id);
    await activities().remindCase(id);
    await world.on('2027-03-01');
    expect((await activities().caseSituation(id)).step).toBe('escalate');
    await activities().escalateCase(id);
    await activities().beginCaseStage(id);
    await activities().recordCaseCommand({ caseId: id, command: 'pause', by: 'chief', reason: 'чекаємо на документ' });
    expect(await activities().caseSituation(id)).toMatchObject({ step: 'wait', paused: true });
    const { events, item } = await world.view(id);
    expect([events.map(({ act }) => act).slice(0, 3), item.escalated]).toEqual([['pause', 'escalate', 'remind'], true]);
    const over = await world.api.call('GET', 'legal/cases?overdue=yes', lawyer);
    expect(over.body.items[0].daysLeft < 0).toBe(true);
    await world.on(TODAY);
  });
});

describe('the demonstration city', () => {
  it('gets cases in many states by the same acts; all laws hold', async () => {
    const far = '2027-06-01';
    await world.on(far);
    await world.api.app.get(CaseDemo, { strict: false }).month({ seed: 1, accounts: 400, months: 12, current: '2027-06', note: () => undefined }, { current: true, phase: 'payments' });
    const rows = await world.api.database.db.query<{ status: string }>(`select status from legal.case_file where opened_by = 'system:demo'`);
    expect(new Set(rows.map(({ status }) => status)).size).toBeGreaterThan(6);
    expect(await world.violations()).toBe(0);
    await world.on(TODAY);
  });
  it('a kopeck that is moved by hand is found by the law and by the check of the night', async () => {
    const { db, owner } = world.api.database;
    const check = (): Promise<object[]> => db.query(world.api.app.get(CaseMoneyCheck, { strict: false }).sql, [null]);
    expect(await check()).toEqual([]);
    await owner.query(`update legal.case_part set recovered_kop = recovered_kop + 1, outstanding_kop = outstanding_kop - 1
      where (case_id, no) in (select case_id, no from legal.case_part where outstanding_kop > 0 limit 1)`);
    expect([await world.violations(), (await check()).length]).toEqual([1, 1]);
  });
});
