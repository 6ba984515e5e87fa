/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { catalogue, draw, faultsOf, placeOf, type Drawn } from '@komplat/testing/pages';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { CLAIM_OUTCOMES, FINDING_LEVELS } from '../contract/index.ts';
import { CLAIM_CHECKS } from '../server/claims/check-sql.ts';
import { Page as ItemPage } from '../portal/pages/claim-item.page.tsx';
import { Page as NewPage } from '../portal/pages/claim-new.page.tsx';
import { Page as RunPage } from '../portal/pages/claim-run.page.tsx';
import { Page as RunsPage } from '../portal/pages/claims.page.tsx';

afterEach(cleanup);

const RUN = '01a20911-fd2b-750c-9d97-3bfd05c386b9';
const ACCOUNT = '0421057316';
const ME = { login: 'lawyer', fullName: 'Юрист', roles: ['lawyer'], permissions: ['legal.read', 'legal.claim.prepare', 'legal.claim.file'] };
const run = {
  id: RUN, number: 'П-2026-0001', title: 'Листопад', asOf: '2026-11-23', state: 'waiting', accounts: 50, items: 47, filed: 0, blocked: 3, total: '98765.43',
  createdBy: 'lawyer', createdAt: '2026-11-23T08:00:00.000Z',
};
const sums = { principal: '2000.00', inflation: '6.01', interest: '8.05', penalty: '0.00', fee: '332.80' };
const item = {
  id: RUN, number: 'П-2026-0001/7', account: ACCOUNT, holder: 'Коваленко Ірина', address: 'вул. Мостова, 1, кв. 7', provider: 'P02', providerName: 'ТКЕ', court: 'C01', courtName: 'Міськрайонний суд', kind: 'order', outcome: 'blocked',
  reason: { code: 'debtor-code-missing', params: { name: 'Коваленко Ірина' } }, months: 2, oldest: '2026-08', ...sums, total: '2014.06',
  findings: [{ code: 'debtor-code-missing', level: 'lawyer' }], packId: null, feePaidOn: null, filedOn: null, caseNumber: null,
};
const finding = (code: string, level: string, more: object = {}): object => ({ code, subject: '', level, params: { name: 'Коваленко Ірина' }, acceptedBy: null, acceptedReason: null, ...more });
const ANSWERS: Readonly<Record<string, object>> = {
  'legal/claims': { items: [run], next: null, totals: { count: 1, sums: {} } },
  'legal/claims/choices': {
    today: '2026-11-23', courts: [{ code: 'C01', name: 'Міськрайонний суд' }], providers: [{ code: 'P02', name: 'ТКЕ' }],
    missingIndices: ['2026-09', '2026-10'],
    rules: [{ code: 'moratorium-excluded', value: 'yes', act: 'КМУ 206', mark: 'needs a lawyer' }],
  },
  [`legal/claims/${RUN}`]: {
    ...run, version: 1, reason: 'щомісячна робота',
    parameters: { method: 'B', kind: 'choose', expired: 'leave', penalty: 'leave', debtors: 'owners', missingIndex: 'unchanged', least: '0.00', court: 'C01', electronic: false },
    process: { state: 'waiting', message: 'legal.claim.message.waiting', params: { packed: 40, submitted: 0, signed: 0, blocked: 3, filed: 0 } },
    outcomes: [{ outcome: 'packed', count: 40, total: '90000.00' }, { outcome: 'blocked', count: 3, total: '8765.43' }],
    creditors: [{ provider: 'P02', providerName: 'ТКЕ', orders: 45, claims: 2, ...sums }],
    findings: [{ code: 'debtor-code-missing', level: 'lawyer', count: 2, open: 2 }], marks: [{ code: 'moratorium-excluded', value: 'yes', act: 'КМУ 206', mark: 'needs a lawyer' }],
    courts: [{ court: 'C01', courtName: 'Міськрайонний суд', orders: 45, claims: 2, total: '98765.43', fee: '332.80' }], approvalId: null,
  },
  [`legal/claims/${RUN}/items`]: { items: [item], next: null, totals: { count: 1, sums: { ...sums, total: '2014.06' } } },
  [`legal/claim-items/${RUN}`]: {
    ...item, runId: RUN, runNumber: 'П-2026-0001', courtBy: 'residence', courtPlace: 'вул. Мостова, 1, кв. 7', snapshotSha256: 'ab'.repeat(32), packSha256: 'cd'.repeat(32),
    monthRows: [{ service: 'Опалення', month: '2026-08', dueOn: '2026-09-20', limitationEndsOn: '2029-09-21', daysLeft: 1033, charged: '1000.00', covered: '0.00', debt: '1000.00', part: 'debt' }],
    allFindings: [
      finding('debtor-code-missing', 'lawyer'), finding('fee-unmatched', 'warn'),
      finding('calculation-refused', 'block', { params: { error: 'legal.claim.balance-differs', month: '2026-08', service: 'Опалення', counted: '1.00', open: '2.00' } }),
      finding('minor-co-owner', 'lawyer', { acceptedBy: 'lawyer', acceptedReason: 'діє мати' }),
    ],
    debtorRows: [{ personId: RUN, name: 'Коваленко Ірина Петрівна', role: 'owner', share: '1/2', minor: false }],
    snapshot: {
      marks: ['Претензія перед поданням: рекомендована, потрібен юрист'], items: [{ service: 'HEAT', serviceName: 'Опалення' }],
      calculation: {
        method: 'B', ratePercent: '3', asOf: '2026-11-23', parameters: [{ id: 'debt.method', version: 'B', mark: 'confirmed' }],
        rows: [{ month: '2026-08', service: 'HEAT', from: '2026-09-21', to: '2026-11-23', days: 64, balance: '1000.00', index: '1', inflation: '0.00', interest: '5.26', penalty: '0.00' }],
      },
    },
    trace: [{ month: '2026-08', service: 'HEAT', line: { rule: 'debt.interest.B' } }],
  },
};
const WRITES: Readonly<Record<string, object>> = {
  'legal/claims/preview': {
    asOf: '2026-11-23', accounts: 50, nothing: 3, missingIndices: ['2026-09', '2026-10'],
    rows: [{ provider: 'P02', providerName: 'ТКЕ', orders: 45, claims: 2, principal: '90000.00', months: 140, left: '700.00', expiring: '0.00' }],
  },
  [`legal/claims/${RUN}/filing`]: {
    done: 1, refused: 1, rows: [{ row: 'П-2026-0001/8', done: false, code: 'legal.claim.not-signed', params: { number: 'П-2026-0001/8', outcome: 'packed' } }],
  },
  [`legal/claims/${RUN}/filing-list`]: {
    done: 1, refused: 1, rows: [{ row: 'П-2026-0001/7', done: true, code: null, params: {} }, { row: 'П-2026-0001/8', done: false, code: 'legal.claim.fee-unpaid', params: { number: 'П-2026-0001/8' } }],
  },
};

const open = (address: string, content: ReactNode): Drawn =>
  draw(content, {
    module: 'legal', messages: catalogue('debt/contract/messages/ui.uk.json'), me: ME, place: placeOf(address, { id: RUN, number: ACCOUNT }),
    answer: ({ path, method }) => (method === 'GET' ? ANSWERS[path] : (WRITES[path] ?? { id: RUN, changed: 1 })),
  });

describe('pages of preparing claims', () => {
  it.each<[string, ReactNode, string]>([
    ['/legal/claims', <RunsPage key="p" />, 'П-2026-0001'],
    ['/legal/claims/new', <NewPage key="p" />, 'Міськрайонний суд'],
    [`/legal/claims/${RUN}`, <RunPage key="p" />, 'Коваленко Ірина'],
    [`/legal/claim-items/${RUN}`, <ItemPage key="p" />, 'Розрахунок залишає'.toLowerCase()],
  ])('%s shows its data without a missing word and without a barrier', async (address, content, shown) => {
    const { page } = open(address, content);
    await waitFor(() => expect(page.textContent?.toLowerCase()).toContain(shown.toLowerCase()));
    expect(await faultsOf(page, 'legal')).toEqual([]);
  });

  it('every outcome, level and check has its word in both languages', () => {
    for (const locale of ['uk', 'en']) {
      const words = catalogue(`legal/contract/messages/ui.${locale}.json`);
      const keys = [
        ...CLAIM_OUTCOMES.map((name) => `outcome.${name}`), ...FINDING_LEVELS.map((name) => `level.${name}`),
        ...CLAIM_CHECKS.map(({ code }) => `finding.${code}`),
      ];
      expect(keys.filter((key) => !words[`legal.ui.claims.${key}`])).toEqual([]);
    }
  });

  it('a run is looked at before it is started, and started with its title, reason and key', async () => {
    const { sent, page } = open('/legal/claims/new', <NewPage />);
    await screen.findByText('Міськрайонний суд');
    await userEvent.click(screen.getByRole('button', { name: 'Переглянути' }));
    await screen.findByText('ТКЕ', { selector: 'th' });
    expect(page.textContent).toContain('вересень 2026, жовтень 2026'); // named before anything is started
    await userEvent.click(screen.getByRole('button', { name: 'Почати запуск' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Назва запуску/), 'Листопад');
    await userEvent.type(within(dialog).getAllByRole('textbox').at(-1) ?? dialog, 'щомісячна робота');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Почати запуск' }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toMatchObject({
      path: 'legal/claims',
      body: { title: 'Листопад', reason: 'щомісячна робота', selection: { filter: { months: 3 } }, parameters: { missingIndex: 'refuse' } },
    });
    expect(sent[1]?.key).toBeTruthy();
  });

  it('codes, marks and dates of machines are not shown to people', async () => {
    for (const [address, content] of [['/legal/claims/new', <NewPage key="n" />], [`/legal/claims/${RUN}`, <RunPage key="r" />], [`/legal/claim-items/${RUN}`, <ItemPage key="i" />]] as const) {
      const { page } = open(address, content);
      await waitFor(() => expect(page.textContent).toContain('Міськрайонний суд'));
      expect(page.textContent).not.toMatch(/needs a lawyer|moratorium-excluded|HEAT|P02|\b20\d\d-(0[1-9]|1[0-2])\b/);
      cleanup();
    }
  });

  it('marked packs are filed on one day', async () => {
    const { sent } = open(`/legal/claims/${RUN}`, <RunPage />);
    await userEvent.click((await screen.findAllByRole('checkbox')).at(-1) ?? document.body);
    await userEvent.click((await screen.findAllByRole('button', { name: 'Записати подання' })).at(-1) ?? document.body);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Записати подання' }));
    await waitFor(() => expect(dialog.textContent).toContain('Записано: 1, відмовлено: 1'));
    expect(sent[0]).toMatchObject({ path: `legal/claims/${RUN}/filing`, body: { items: [RUN], filedOn: '2026-11-23' } });
  });

  it('a finding for a lawyer is accepted with a reason', async () => {
    const { sent } = open(`/legal/claim-items/${RUN}`, <ItemPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Прийняти рішенням' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'код не надано, є паспорт');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Прийняти рішенням' }));
    await waitFor(() => expect(sent[0]).toMatchObject({ path: `legal/claim-items/${RUN}/accept`, body: { code: 'debtor-code-missing', subject: '' } }));
  });

  it('filed packs are recorded line by line, and every refused line says why', async () => {
    const { sent } = open(`/legal/claims/${RUN}`, <RunPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Записати подання' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'П-2026-0001/7;23.11.2026;2-н/1');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Записати подання' }));
    await waitFor(() => expect(dialog.textContent).toContain('Записано: 1, відмовлено: 1'));
    expect(dialog.textContent).toContain('не знайдено в банківській виписці');
    expect(sent[0]).toMatchObject({ path: `legal/claims/${RUN}/filing-list`, body: { text: 'П-2026-0001/7;23.11.2026;2-н/1' } });
  });
});
