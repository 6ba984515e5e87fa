/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, faultsOf, placeOf, type Drawn } from '@komplat/testing/pages';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { Page as ClaimablePage } from '../portal/pages/claimable.page.tsx';
import { Page as DebtorsPage } from '../portal/pages/debtors.page.tsx';
import { Page as RunPage } from '../portal/pages/dunning-run.page.tsx';
import { Page as DunningPage } from '../portal/pages/dunning.page.tsx';
import { Page as ReportsPage } from '../portal/pages/reports.page.tsx';
import { Page as TerritoriesPage } from '../portal/pages/territories.page.tsx';
import { Slot } from '../portal/slots/account-debt.slot.tsx';

afterEach(cleanup);

const RUN = '01a20911-fd2b-750c-9d97-3bfd05c386b9';
const ACCOUNT = '0421057316';
const COUNTS = { planned: 12, done: 7, held: 2, waiting: 2, repeated: 1 };
const ME = {
  login: 'lawyer', fullName: 'Юрист', roles: ['lawyer'],
  permissions: ['debt.read', 'debt.hold.write', 'debt.dunning.run', 'debt.law-tables.edit', 'debt.acknowledgement.write'],
};
const hold = {
  id: RUN, provider: null, kind: 'promise', from: '2026-11-01', until: '2026-12-10', active: true, reason: 'обіцяв сплатити', document: null,
  recordedBy: 'lawyer', recordedAt: '2026-11-01T08:00:00.000Z', endedBy: null,
};
const month = (change: object): object => ({
  month: '2026-09', service: 'HEAT', serviceName: 'Опалення', debt: '10.00', dueOn: '2026-10-20', startsOn: '2026-10-21', endsOn: '2029-10-21', daysLeft: 1063,
  interruptedOn: null, ending: false, advice: 'keep', reason: 'small', ...change,
});
const CLAIMABLE = {
  today: '2026-11-23', now: '10.00', keep: '10.00', held: '0.00', expired: '10.00', penaltyFrom: '2025-11-23', court: { minDebt: '2000.00', minMonths: 4 }, soonDays: 90,
  creditors: [
    {
      provider: 'P02', providerName: 'ТКЕ', now: '10.00', keep: '10.00', held: '10.00', expired: '10.00', holds: ['dispute'],
      months: [
        month({ month: '2017-01', endsOn: '2020-02-21', daysLeft: -2467, advice: 'expired', reason: 'limitation' }),
        month({ month: '2019-01', endsOn: '2026-12-03', daysLeft: 10, ending: true, advice: 'now', reason: 'ending' }),
        month({ month: '2026-08', interruptedOn: '2026-11-02', advice: 'held', reason: 'hold' }), month({}),
      ],
    },
  ],
  acknowledgements: [
    {
      id: RUN, provider: null, from: '2019-01', to: '2020-02', form: 'act', on: '2026-11-02', document: 'акт № 7', reason: 'звірка', recordedBy: 'lawyer',
      recordedAt: '2026-11-02T08:00:00.000Z', withdrawnBy: null, withdrawnReason: null, moved: 2,
    },
  ],
  payments: [{ id: '77', on: '2026-10-05', amount: '150.00' }],
  parameters: [{ id: 'debt.limitation.stop', version: 'Закон 4434-IX', mark: 'needs a lawyer' }],
};
const step = (code: string, at: number): object => ({
  code, strategy: 'standard', inForce: true, minDebt: '100.00', minMonths: at, waitDays: 10, repeatDays: 30, from: '2020-01-01', decision: 'порядок', mark: 'proposal',
});
const ANSWERS: Readonly<Record<string, object>> = {
  'debt/choices': { today: '2026-11-23', providers: [{ code: 'P02', name: 'ТКЕ' }], services: [{ code: 'HEAT', name: 'Опалення' }], districts: [4, 5] },
  'debt/selections': { items: [{ id: RUN, name: 'Понад рік', filter: { months: '12' } }] },
  'debt/debtors': {
    items: [
      {
        account: ACCOUNT, holder: 'Коваленко Ірина', address: 'вул. Мостова, 1, кв. 7', district: 4, dwelling: 'state', debt: '12345.67', months: 14, oldest: '2018-12',
        expiring: '100.00', lastPaid: null, holds: ['promise'],
        cases: [{ id: RUN, number: 'C-2026-000007', open: true }],
      },
    ],
    next: null,
    totals: { count: 1, sums: { debt: '12345.67', expiring: '100.00' } },
  },
  'debt/reports/years': { today: '2026-11-23', rows: [], years: [{ year: 2026, debt: '75.00' }, { year: 2018, debt: '25.00' }], total: '100.00' },
  'debt/reports/ageing': { today: '2026-11-23', rows: [{ age: '1', debt: '60.00', accounts: 3 }, { age: '37+', debt: '40.00', accounts: 2 }], total: { debt: '100.00', accounts: 4 } },
  'debt/reports/paid': { rows: [{ month: '2026-10', paid: '100.00', lastMonth: '50.00', year: '20.00', older: '20.00', ahead: '10.00' }] },
  'debt/reports/movement': {
    rows: [{ month: '2026-10', opening: '50.00', charged: '50.00', other: '0.00', paid: '10.00', closing: '90.00', debt: '100.00', advance: '10.00', came: 1, left: 2 }],
  },
  'debt/reports/limitation': {
    today: '2026-11-23', expired: '7.00', rows: [{ month: '2026-12', provider: 'P02', providerName: 'ТКЕ', debt: '5.00', accounts: 1, lastDay: '2026-12-03' }],
    parameters: [{ id: 'debt.limitation.stop', version: 'Закон 4434-IX', mark: 'needs a lawyer' }],
  },
  'debt/moratoria': {
    items: [
      { id: '7', territory: 'UA99020030010054321', name: 'Калинівка', kind: 'penalty', from: '2022-02-24', to: null, standing: true, ground: 'бойові дії', act: 'наказ № 376', mark: 'decision' },
      { id: '2', territory: null, name: null, kind: 'disconnection', from: '2022-02-24', to: '2023-12-29', standing: false, ground: 'воєнний стан', act: 'КМУ 206', mark: 'confirmed' },
    ],
    next: null,
    totals: { count: 2 },
  },
  'debt/places': {
    items: [
      { id: RUN, house: null, district: null, territory: 'UA99020010010012345', name: 'Яворопіль', from: '1991-01-01', decision: 'рішення', standing: 0 },
      { id: '01a20911-fd2b-750c-9d97-3bfd05c386b8', house: null, district: 4, territory: 'UA99020030010054321', name: 'Калинівка', from: '2022-02-24', decision: 'рішення', standing: 1 },
    ],
  },
  [`debt/accounts/${ACCOUNT}/claimable`]: CLAIMABLE,
  'debt/dunning/steps': { items: ['reminder', 'warning', 'pretension', 'court'].map((code, at) => step(code, at + 1)) },
  'debt/dunning/preview': { step: 'warning', asOf: '2026-11-23', ...COUNTS, debt: '900.00', rows: [{ provider: 'P02', providerName: 'ТКЕ', ...COUNTS, debt: '900.00' }] },
  'debt/dunning/runs': { items: [], next: null },
  [`debt/dunning/runs/${RUN}/rows`]: {
    items: [{ id: '1.2', account: ACCOUNT, holder: 'Коваленко Ірина', provider: 'P02', outcome: 'held', debt: '5.00', months: 2, oldest: '2026-01', hold: 'promise' }],
    next: null,
    totals: { count: 1, sums: { debt: '5.00' } },
  },
  'debt/dunning/simulation': {
    from: '2025-11', to: '2026-10', strategy: 'strict', inForce: 'standard', accounts: 5, rows: [],
    totals: [{ step: 'court', now: { count: 1, debt: '10.00' }, other: { count: 3, debt: '30.00' } }],
  },
  [`debt/accounts/${ACCOUNT}`]: {
    today: '2026-11-23', total: '100.00', ages: [{ provider: 'P02', providerName: 'ТКЕ', age: '37+', debt: '100.00' }],
    limitation: { day: '2026-12-03', debt: '5.00', provider: 'P02' }, holds: [hold],
    notices: [{ step: 'reminder', provider: 'P02', on: '2026-11-02', outcome: 'done', debt: '100.00' }],
  },
};

const open = (address: string, content: ReactNode): Drawn =>
  draw(content, {
    module: 'debt', me: ME, place: placeOf(address, { id: RUN, number: ACCOUNT }), answer: ({ path, method }) => (method === 'GET' ? ANSWERS[path] : { id: RUN }),
  });

describe('pages of debt analysis', () => {
  it.each<[string, ReactNode, string]>([
    ['/debt/debtors?months=12', <DebtorsPage key="p" />, 'Коваленко Ірина'],
    ['/debt/reports', <ReportsPage key="p" />, '2018'],
    ['/debt/reports?view=ageing', <ReportsPage key="p" />, 'понад 36 місяців'],
    ['/debt/reports?view=paid', <ReportsPage key="p" />, 'жовтень 2026'],
    ['/debt/reports?view=movement', <ReportsPage key="p" />, 'жовтень 2026'],
    ['/debt/reports?view=limitation', <ReportsPage key="p" />, 'грудень 2026'],
    ['/debt/dunning?step=warning', <DunningPage key="p" />, 'ТКЕ'],
    ['/debt/territories', <TerritoriesPage key="p" />, 'Калинівка'],
    [`/debt/accounts/${ACCOUNT}`, <ClaimablePage key="p" />, 'Опалення'],
    [`/debt/dunning/${RUN}`, <RunPage key="p" />, 'Коваленко Ірина'],
    ['/registry/accounts/x', <Slot key="p" subject={ACCOUNT} />, 'понад 36 місяців'],
  ])('%s shows its data without a missing word and without a barrier', async (address, content, shown) => {
    const { page } = open(address, content);
    await waitFor(() => expect(page.textContent?.toLowerCase()).toContain(shown.toLowerCase()));
    expect(await faultsOf(page, 'debt')).toEqual([]);
  });

  it('marks of the rule are shown beside what rests on it', async () => {
    const { page } = open('/debt/reports?view=limitation', <ReportsPage />);
    await waitFor(() => expect(page.textContent).toContain('потрібен юрист'));
  });
});

describe('acts', () => {
  it('a step is taken with the figures of its preview, a reason and a key; the button repeats the number', async () => {
    const { sent } = open('/debt/dunning?step=warning', <DunningPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Виконати для 7 рахунків' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'щомісячна робота');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Виконати для 7 рахунків' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      path: 'debt/dunning/runs', method: 'POST', body: { step: 'warning', expected: { planned: 12, done: 7, debt: '900.00' }, reason: 'щомісячна робота' },
    });
    expect(sent[0]?.key).toMatch(/^[\w-]{36}$/);
  });

  it('a hold needs a day and a reason; the day is read as people write it', async () => {
    const { sent } = open('/registry/accounts/x', <Slot subject={ACCOUNT} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Призупинити' }));
    const dialog = await screen.findByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Призупинити' });
    await userEvent.click(save);
    expect(within(dialog).getByText('День у форматі 23.11.2026')).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText('До (включно)'), '31.12.2026');
    await userEvent.type(within(dialog).getByLabelText(/Причина/), 'заява про хворобу');
    await userEvent.click(save);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      path: 'debt/holds', body: { account: ACCOUNT, kind: 'promise', from: '2026-11-23', until: '2026-12-31', reason: 'заява про хворобу' },
    });
  });

  it('a part payment is recorded with the day of the payment itself', async () => {
    const { sent } = open(`/debt/accounts/${ACCOUNT}`, <ClaimablePage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Записати визнання боргу' }));
    const dialog = await screen.findByRole('dialog');
    expect(await faultsOf(dialog, 'debt')).toEqual([]);
    await userEvent.selectOptions(within(dialog).getByLabelText('Що сталося'), 'часткова оплата 05.10.2026, 150,00 грн');
    await userEvent.type(within(dialog).getByLabelText(/Документ/), 'платіж каси');
    await userEvent.type(within(dialog).getByLabelText(/Причина/), 'частина старого боргу');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Записати визнання боргу' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      path: 'debt/acknowledgements',
      body: { account: ACCOUNT, form: 'payment', payment: '77', on: '2026-10-05', document: 'платіж каси', reason: 'частина старого боргу' },
    });
  });

  it('a step is changed by asking: what stands is in the form, the numbers are numbers', async () => {
    const { sent } = open('/debt/dunning', <DunningPage />);
    await userEvent.click((await screen.findAllByRole('button', { name: 'Змінити' }))[1] ?? document.body);
    const dialog = await screen.findByRole('dialog');
    expect(await faultsOf(dialog, 'debt')).toEqual([]);
    const debt = within(dialog).getByLabelText('Борг від, грн');
    await userEvent.clear(debt);
    await userEvent.type(debt, '1 500,50');
    await userEvent.type(within(dialog).getByLabelText(/Причина/), 'рішення наради');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Подати на погодження' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      path: 'debt/dunning/changes',
      body: { change: 'step', strategy: 'standard', step: 'warning', minDebt: '1500.50', minMonths: 2, waitDays: 10, repeatDays: 30, from: '2026-11-23', reason: 'рішення наради' },
    });
  });

  it('a list of territories names the line that cannot be read', async () => {
    const { sent } = open('/debt/territories', <TerritoriesPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Внести перелік територій' }));
    const dialog = await screen.findByRole('dialog');
    expect(await faultsOf(dialog, 'debt')).toEqual([]);
    const send = within(dialog).getByRole('button', { name: 'Подати на погодження' });
    const rows = within(dialog).getByLabelText('Перелік');
    await userEvent.type(rows, 'UA99020030010054321; Калинівка; 24.02.2022{enter}UA9902; Друга; 24.02.2022');
    await userEvent.type(within(dialog).getByLabelText('Підстава'), 'бойові дії');
    await userEvent.type(within(dialog).getByLabelText('Акт із переліком'), 'наказ № 376');
    await userEvent.type(within(dialog).getByLabelText(/Причина/), 'новий перелік міністерства');
    await userEvent.click(send);
    expect(within(dialog).getByText(/Рядок 2 не читається/)).toBeTruthy();
    await userEvent.clear(rows);
    await userEvent.type(rows, 'UA99020030010054321; Калинівка; 24.02.2022; 2023-01-01');
    await userEvent.click(send);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      path: 'debt/moratoria',
      body: {
        rows: [{ territory: 'UA99020030010054321', name: 'Калинівка', from: '2022-02-24', to: '2023-01-01' }], ground: 'бойові дії', act: 'наказ № 376',
        kinds: ['penalty', 'inflation-interest', 'disconnection'],
      },
    });
  });

  it('a filter is kept under a name', async () => {
    const { sent } = open('/debt/debtors?months=12&trace=x', <DebtorsPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Зберегти фільтр' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'Моя');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Зберегти фільтр' }));
    await waitFor(() => expect(sent[0]).toMatchObject({ path: 'debt/selections', body: { list: 'debt/debtors', name: 'Моя', filter: { months: '12' } } }));
  });
});
