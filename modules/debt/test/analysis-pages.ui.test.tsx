/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ApiProvider, createApiClient, createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { MeProvider, RouterProvider, toMessages, type LinkProps, type RouterPort } from '@komplat/ui';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { Page as DebtorsPage } from '../portal/pages/debtors.page.tsx';
import { Page as RunPage } from '../portal/pages/dunning-run.page.tsx';
import { Page as DunningPage } from '../portal/pages/dunning.page.tsx';
import { Page as ReportsPage } from '../portal/pages/reports.page.tsx';
import { Slot } from '../portal/slots/account-debt.slot.tsx';

afterEach(cleanup);

const catalogue = (path: string): Record<string, string> => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const WORDS = ['../contract/messages/uk.json', '../contract/messages/ui.uk.json', '../../platform/ui/messages/uk.json'].map(catalogue);
const RUN = '01a20911-fd2b-750c-9d97-3bfd05c386b9';
const ACCOUNT = '0421057316';
const COUNTS = { planned: 12, done: 7, held: 2, waiting: 2, repeated: 1 };
const ME = {
  login: 'lawyer', fullName: 'Юрист', roles: ['lawyer'], permissions: ['debt.read', 'debt.hold.write', 'debt.dunning.run'], today: '2026-11-23',
  period: '2026-11', profile: 'training', periods: [{ period: '2026-11', state: 'open' as const, closedOn: null }],
};
const hold = {
  id: RUN, provider: null, kind: 'promise', from: '2026-11-01', until: '2026-12-10', active: true, reason: 'обіцяв сплатити', document: null,
  recordedBy: 'lawyer', recordedAt: '2026-11-01T08:00:00.000Z', endedBy: null,
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

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly body: unknown;
  readonly key: string | null;
}
/** A page at an address; every write is kept. */
function open(address: string, content: ReactNode): { readonly sent: Sent[]; readonly page: Element } {
  const [path = '', query = ''] = address.split('?');
  const sent: Sent[] = [];
  const port: RouterPort = {
    Link: ({ href, ...rest }: LinkProps): ReactNode => <a href={href} {...rest} />,
    useRouter: () => ({ path, search: new URLSearchParams(query), params: { id: RUN }, push: () => undefined, replace: () => undefined }),
  };
  const client = createApiClient({
    base: '/api/v1',
    bearer: () => Promise.resolve('token'),
    locale: () => 'uk',
    fetch: (input, init) => {
      const asked = String(input).replace(/^.*\/api\/v1\//, '').replace(/\?.*$/, '');
      const method = init?.method ?? 'GET';
      if (method === 'GET') return Promise.resolve(Response.json(ANSWERS[asked] ?? {}, { status: ANSWERS[asked] ? 200 : 404 }));
      sent.push({ path: asked, method, body: init?.body ? JSON.parse(String(init.body)) : null, key: new Headers(init?.headers).get('idempotency-key') });
      return Promise.resolve(Response.json({ id: RUN }, { status: 201 }));
    },
    wait: () => Promise.resolve(),
  });
  const { container } = render(
    <NextIntlClientProvider locale="uk" messages={toMessages(...WORDS)} timeZone="Europe/Kyiv">
      <RouterProvider port={port}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiProvider client={client}>
            <MeProvider me={ME}>{content}</MeProvider>
          </ApiProvider>
        </QueryClientProvider>
      </RouterProvider>
    </NextIntlClientProvider>,
  );
  return { sent, page: container };
}
const RULES = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };
async function expectSound(page: Element): Promise<void> {
  const { violations } = await axe.run(page, RULES);
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  expect(page.textContent).not.toMatch(/debt\.ui\.|ui\.[a-z]+\./); // a word without a message would show its key
}

describe('pages of debt analysis', () => {
  it.each<[string, ReactNode, string]>([
    ['/debt/debtors?months=12', <DebtorsPage key="p" />, 'Коваленко Ірина'],
    ['/debt/reports', <ReportsPage key="p" />, '2018'],
    ['/debt/reports?view=ageing', <ReportsPage key="p" />, 'понад 36 місяців'],
    ['/debt/reports?view=paid', <ReportsPage key="p" />, 'жовтень 2026'],
    ['/debt/reports?view=movement', <ReportsPage key="p" />, 'жовтень 2026'],
    ['/debt/reports?view=limitation', <ReportsPage key="p" />, 'грудень 2026'],
    ['/debt/dunning?step=warning', <DunningPage key="p" />, 'ТКЕ'],
    [`/debt/dunning/${RUN}`, <RunPage key="p" />, 'Коваленко Ірина'],
    ['/registry/accounts/x', <Slot key="p" subject={ACCOUNT} />, 'понад 36 місяців'],
  ])('%s shows its data without a missing word and without a barrier', async (address, content, shown) => {
    const { page } = open(address, content);
    await waitFor(() => expect(page.textContent?.toLowerCase()).toContain(shown.toLowerCase()));
    await expectSound(page);
  });

  it('marks of the rule are shown beside what rests on it', async () => {
    const { page } = open('/debt/reports?view=limitation', <ReportsPage />);
    await waitFor(() => expect(page.textContent).toContain('потрібен юрист'));
    expect(page.textContent).toContain('Переривання давності');
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

  it('a filter is kept under a name', async () => {
    const { sent } = open('/debt/debtors?months=12&trace=x', <DebtorsPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Зберегти фільтр' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'Моя');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Зберегти фільтр' }));
    await waitFor(() => expect(sent[0]).toMatchObject({ path: 'debt/selections', body: { list: 'debt/debtors', name: 'Моя', filter: { months: '12' } } }));
  });
});
