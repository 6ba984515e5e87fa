/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, faultsOf, placeOf, type Drawn } from '@komplat/testing/pages';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import type { CaseItem, CaseListView, CaseView, RegisterPage } from '../contract/index.ts';
import { Page as CasePage } from '../portal/pages/case.page.tsx';
import { Page as CasesPage } from '../portal/pages/cases.page.tsx';
import { Page as PretensionsPage } from '../portal/pages/pretensions.page.tsx';
import { Page as ListPage } from '../portal/pages/register-list.page.tsx';
import { Page as ListsPage } from '../portal/pages/register-lists.page.tsx';
import { Page as RegistersPage } from '../portal/pages/registers.page.tsx';
import { Slot } from '../portal/slots/account-cases.slot.tsx';

afterEach(cleanup);
const ID = '01a20911-fd2b-750c-9d97-3bfd05c386b9';
const ACCOUNT = '0421057316';
const ME = { login: 'lawyer', fullName: 'Юрист', roles: ['lawyer'], permissions: ['legal.case.read', 'legal.case.act'] };
const ITEM: CaseItem = {
  id: ID, number: 'С-2026/000007', status: 'executor-state', kind: 'order', account: ACCOUNT, holder: 'Коваленко Ірина', provider: 'P02', providerName: 'ТКЕ',
  court: 'Дубровецький міський суд', courtNumber: '2-н/501/0573/26', filedOn: '2026-07-13', dueOn: '2026-11-20', task: 'executor-inquiry', daysLeft: -3, escalated: true,
  claimed: '2278.54', outstanding: '1778.54',
};
const VIEW: CaseView = {
  item: ITEM, version: 9, address: 'вул. Мостова, 1, кв. 7', debtors: ['Коваленко Ірина Петрівна'], courtNow: 'Новий міський суд',
  executor: { kind: 'state', name: 'Перший ВДВС', number: '78410226' },
  dates: { openedOn: '2026-05-12', servedOn: '2026-05-20', answerUntil: '2026-06-19', orderServedOn: '2026-08-18', forceOn: '2026-09-08', appealUntil: null, presentUntil: '2029-09-10', hearingOn: null, closedOn: null },
  packId: null,
  acts: [
    { act: 'return-document', papers: ['return-ruling'], needs: ['reason'], why: null },
    { act: 'decide', papers: ['decision'], needs: ['award', 'court-number'], why: null },
    { act: 'complete', papers: [], needs: [], why: { code: 'legal.case.still-owed', params: {} } },
  ],
  events: [{ seq: 1, act: 'receipt', on: '2026-11-20', status: 'executor-state', by: 'system:legal-case', at: '2026-11-20T08:00:00Z', reason: null, details: { amount: '500.00' } }],
  parts: [
    { no: 1, part: 'principal', service: 'HEAT', serviceName: 'Опалення', month: '2026-05', claimed: '2012.30', awarded: '2012.30', refused: '0.00', recovered: '233.76', writtenOff: '0.00', outstanding: '1778.54' },
    { no: 2, part: 'fee', service: null, serviceName: null, month: null, claimed: '266.24', awarded: '266.24', refused: '0.00', recovered: '266.24', writtenOff: '0.00', outstanding: '0.00' },
  ],
  order: { act: 'ЦКУ ст. 534', mark: 'needs a lawyer', parts: ['fee', 'principal'] },
  receipts: [{ id: ID, source: 'executor', on: '2026-11-20', amount: '500.00', over: '0.00', reference: 'ПД-1', state: 'tied' }],
  fees: [{ kind: 'order', amount: '266.24', paidOn: '2026-07-13', state: 'paid' }],
  tasks: [
    { id: ID, task: 'executor-inquiry', dueOn: '2026-11-20', daysLeft: -3, role: 'manager', source: 'правило Центру', mark: 'proposal', movable: true, escalated: true, own: false },
    { id: ID.replace('b9', 'b8'), task: 'account-merged', dueOn: '2026-11-27', daysLeft: 4, role: 'lawyer', source: 'правило Центру', mark: 'needs a lawyer', movable: true, escalated: false, own: true },
  ],
  documents: [{ id: ID, paper: 'court-order', number: 'н-1', on: '2026-08-03', fileName: 'наказ.pdf', by: 'lawyer' }],
};
const REGISTER: RegisterPage = {
  columns: [{ key: 'number', kind: 'text' }, { key: 'account', kind: 'text' }, { key: 'kind', kind: 'text' }, { key: 'filedOn', kind: 'day' }, { key: 'claimed', kind: 'money' }],
  items: [{ id: ID, caseId: ID, cells: { number: 'С-2026/000007', account: ACCOUNT, kind: 'order', filedOn: '2026-07-13', claimed: '2278.54' } }],
  next: null,
  totals: { count: 1, sums: { claimed: '2278.54' } },
};
const LIST: CaseListView = {
  id: ID, kind: 'court', fileName: 'суд.csv', state: 'preview', by: 'lawyer', at: '2026-11-23T08:00:00Z', counts: { ready: 1, problem: 1 },
  rows: [
    { line: 2, cells: { справа: 'С-2026/000007' }, caseId: ID, number: 'С-2026/000007', act: 'issue-order', outcome: 'ready', why: null },
    { line: 3, cells: { справа: 'С-1' }, caseId: null, number: null, act: null, outcome: 'problem', why: { code: 'legal.list.case-unknown', params: { number: 'С-1' } } },
  ],
};
const page = { items: [ITEM], next: null, totals: { count: 1, sums: { claimed: '2278.54', outstanding: '1778.54' } } };
const ANSWERS: Readonly<Record<string, object>> = {
  'legal/cases': page,
  [`legal/cases/${ID}`]: VIEW,
  [`legal/cases/${ID}/pretension`]: { number: 'С-2026/000007', title: 'Претензія', paragraphs: ['Просимо сплатити борг.'] },
  'legal/registers/filed': REGISTER,
  'legal/case-lists': { items: [LIST] },
  [`legal/case-lists/${ID}`]: LIST,
  [`legal/accounts/${ACCOUNT}/cases`]: { cases: [ITEM], frozen: true },
};

const DONE = { id: ID, caseId: ID, number: '1', status: 'returned-to-creditor', version: 10, approvalId: null };
const open = (content: ReactNode, answers = ANSWERS): Drawn =>
  draw(content, { module: 'legal', me: ME, place: placeOf('/legal', { id: ID }), answer: ({ path, method }) => (method === 'GET' ? answers[path] : DONE) });

describe('pages of cases', () => {
  it.each<[string, ReactNode, string]>([
    ['cases', <CasesPage key="p" />, 'Коваленко Ірина'],
    ['pretensions', <PretensionsPage key="p" />, 'Нова претензія'],
    ['case', <CasePage key="p" />, 'ЦКУ ст. 534'],
    ['registers', <RegistersPage key="p" />, 'С-2026/000007'],
    ['lists', <ListsPage key="p" />, 'суд.csv'],
    ['list', <ListPage key="p" />, 'За номером «С-1» справи немає.'],
    ['account', <Slot key="p" subject={ACCOUNT} />, 'роботу з боргом призупинено'],
  ])('%s shows its data without a missing word and without a barrier', async (_name, content, shown) => {
    const { page: shownPage } = open(content);
    await waitFor(() => expect(shownPage.textContent).toContain(shown));
    expect(await faultsOf(shownPage, 'legal')).toEqual([]);
  });
  it('only the acts of today are offered; what forbids another is said', async () => {
    const { page: shown } = open(<CasePage />);
    await waitFor(() => expect(shown.textContent).toContain('Наступні дії'));
    expect(screen.getByRole('button', { name: 'Повернуто стягувачу' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Виконано повністю' })).toBeNull();
    expect(shown.textContent).toContain('Виконано повністю: За справою ще є залишок');
  });
  it('a long table of money shows its total first and folds its years; a year opens by a click', async () => {
    const part = VIEW.parts[0];
    const months = Array.from({ length: 30 }, (_, at) => `${2024 + Math.floor(at / 12)}-${String(1 + (at % 12)).padStart(2, '0')}`);
    const parts = [...months.map((month, at) => ({ ...part, no: at + 1, month, claimed: '10.10', awarded: at < 12 ? '10.00' : null })), { ...VIEW.parts[1], no: 31 }];
    const { page: shown } = open(<CasePage />, { ...ANSWERS, [`legal/cases/${ID}`]: { ...VIEW, parts } });
    await waitFor(() => expect(shown.textContent).toContain('Гроші справи'));
    const table = within(screen.getByRole('table', { name: 'Гроші справи' }));
    const lines = (): string[] => table.getAllByRole('row').map((row) => (row.textContent ?? '').replaceAll('\u00a0', ' '));
    expect(lines().length).toBe(1 + 1 + 3 + 1); // head, total, three years, what belongs to no month
    expect(lines()[1]).toContain('569,24'); // 30 × 10,10 + 266,24
    expect(lines()[2]).toMatch(/2024.*12 рядків.*121,20.*120,00/);
    expect(lines()[4]).toMatch(/2026.*6 рядків.*60,60.*–/);
    await userEvent.click(table.getByRole('button', { name: /2026/, expanded: false }));
    expect(lines().length).toBe(1 + 1 + 3 + 1 + 6);
    expect(await faultsOf(shown, 'legal')).toEqual([]);
  });
  it('an act asks for its paper and reason, and sends them with the version that was seen', async () => {
    const { sent, page: shown } = open(<CasePage />);
    await waitFor(() => expect(shown.textContent).toContain('Наступні дії'));
    await userEvent.click(screen.getByRole('button', { name: 'Повернуто стягувачу' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await faultsOf(screen.getByRole('dialog'), 'legal')).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Повернуто стягувачу' }));
    expect(sent).toEqual([]);
    await userEvent.type(dialog.getByLabelText(/номер/), 'п-7');
    await userEvent.type(dialog.getByLabelText(/Причина/), 'майна не знайдено');
    await userEvent.click(dialog.getByRole('button', { name: 'Повернуто стягувачу' }));
    await waitFor(() => expect(sent.length).toBe(1));
    expect(sent[0]?.path).toBe(`legal/cases/${ID}/acts`);
    expect(sent[0]?.body).toEqual({
      act: 'return-document', version: 9, on: '2026-11-23', papers: [{ paper: 'return-ruling', number: 'п-7', on: '2026-11-23' }], reason: 'майна не знайдено',
    });
  });
  it('a list is taken by a click, when something in it is ready', async () => {
    const { sent, page: shown } = open(<ListPage />);
    await waitFor(() => expect(shown.textContent).toContain('суд.csv'));
    await userEvent.click(screen.getByRole('button', { name: 'Прийняти 1' }));
    await waitFor(() => expect(sent.map(({ path, body }) => [path, body])).toEqual([[`legal/case-lists/${ID}/order`, { act: 'take' }]]));
  });
});
