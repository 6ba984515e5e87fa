/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ApiProvider, createApiClient, createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { RouterProvider, toMessages, type LinkProps, type RouterPort } from '@komplat/ui';
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { InflationInterestInput, LimitationInput } from '../contract/calc.schema.ts';
import { sheetOf } from '../domain/index.ts';
import { Page } from '../portal/pages/calculators.page.tsx';

afterEach(cleanup);

const catalogue = (path: string): Record<string, string> => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const WORDS = ['../contract/messages/uk.json', '../contract/messages/ui.uk.json', '../../platform/ui/messages/uk.json'].map(catalogue);
const TARGET = { target: 'draft-2020-12' } as const;
const SHEETS = {
  calculators: [
    {
      name: 'debt.inflation-interest', title: 'debt.calc.inflation-interest', variants: sheetOf(InflationInterestInput['~standard'].jsonSchema.input(TARGET)),
      example: { method: 'B', amount: '36500.00', dueOn: '2025-12-30', asOf: '2026-01-01', payments: [{ on: '2026-01-01', amount: '500.00' }], ratePercent: '3' },
    },
    {
      name: 'debt.limitation', title: 'debt.calc.limitation', variants: sheetOf(LimitationInput['~standard'].jsonSchema.input(TARGET)),
      example: { dueOn: '2020-03-20', kind: 'general', asOf: '2026-11-23' },
    },
  ],
};
const ANSWER = {
  result: { interest: '6.00', state: 'running', endsOn: '2028-08-22', periods: [{ from: '2025-12-31', balance: '36500.00', fullMonths: ['2026-01'] }], stops: [] },
  trace: [{ rule: 'debt.interest.B', base: '36500.00', rate: '3 % / 365', rounding: 'none', amount: '3.00' }],
  parameters: [{ id: 'debt.moratorium', version: 'КМУ 206', mark: 'needs a lawyer' }, { id: 'debt.method', version: 'B', mark: 'confirmed' }],
};

/** The page at an address; what it sends to `calc/…` is kept. */
function open(address: string, answer: () => Response = () => Response.json(ANSWER)): { readonly sent: unknown[]; readonly page: Element } {
  const [path = '', query = ''] = address.split('?');
  const sent: unknown[] = [];
  const port: RouterPort = {
    Link: ({ href, ...rest }: LinkProps): ReactNode => <a href={href} {...rest} />,
    useRouter: () => ({ path, search: new URLSearchParams(query), params: {}, push: () => undefined, replace: () => undefined }),
  };
  const client = createApiClient({
    base: '/api/v1',
    bearer: () => Promise.resolve('token'),
    locale: () => 'uk',
    fetch: (input, init) => {
      if (!String(input).includes('/calc/')) return Promise.resolve(Response.json(SHEETS));
      sent.push([String(input), JSON.parse(String(init?.body))]);
      return Promise.resolve(answer());
    },
    wait: () => Promise.resolve(),
  });
  const { container } = render(
    <NextIntlClientProvider locale="uk" messages={toMessages(...WORDS)} timeZone="Europe/Kyiv">
      <RouterProvider port={port}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiProvider client={client}>
            <Page />
          </ApiProvider>
        </QueryClientProvider>
      </RouterProvider>
    </NextIntlClientProvider>,
  );
  return { sent, page: container };
}
const run = async (): Promise<void> => userEvent.click(await screen.findByRole('button', { name: 'Розрахувати' }));

describe('what-if page', () => {
  it('sends the example as it stands and shows figures, periods, steps and marks in Ukrainian', async () => {
    const { sent, page } = open('/debt/calculators');
    await run();
    expect(sent).toEqual([['/api/v1/calc/debt.inflation-interest', SHEETS.calculators[0]?.example]]);
    const periods = await screen.findByRole('table', { name: 'Періоди' });
    expect(within(periods).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['31.12.2025', '36\u00a0500,00', 'січень 2026']);
    expect(page.textContent).toContain('Мораторій: КМУ 206потрібен юрист');
    expect(page.textContent).toContain('спливає');
    expect(page.textContent).toContain('Річні за період');
    expect(screen.getAllByRole('status').some((banner) => banner.textContent?.includes('До суду не подавати'))).toBe(true);
    const { violations } = await axe.run(page, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
  it('another method has other fields; rows are added and removed; empty optional fields are left out', async () => {
    const { sent } = open('/debt/calculators');
    await userEvent.selectOptions(await screen.findByLabelText(/^Метод/), 'A, A-fifo');
    await userEvent.type(screen.getByLabelText(/^Борг на початок/), '352.17');
    const [add] = screen.getAllByRole('button', { name: 'Додати рядок' });
    if (add) await userEvent.click(add);
    await userEvent.type(screen.getByLabelText(/^Нараховано/), '352.17');
    await run();
    expect(sent[0]).toEqual([
      '/api/v1/calc/debt.inflation-interest',
      { method: 'A', openingDebt: '352.17', months: [{ month: '', charged: '352.17', paid: '' }], ratePercent: '3' },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Прибрати рядок 1' }));
    await run();
    expect(sent[1]).toMatchObject([expect.any(String), { months: [] }]);
  });
  it('opens the calculator of the address; a refusal of the rule is shown in its words', async () => {
    const refusal = { title: 'Відмова', code: 'debt.limitation.no-term', detail: 'Немає строку давності виду general.', status: 422 };
    const { sent } = open('/debt/calculators?name=debt.limitation', () => Response.json(refusal, { status: 422 }));
    expect(await screen.findByRole('heading', { level: 2, name: /Позовна давність/ })).toBeDefined();
    await run();
    expect((await screen.findByRole('alert')).textContent).toContain('Немає строку давності');
    expect(sent).toEqual([['/api/v1/calc/debt.limitation', SHEETS.calculators[1]?.example]]);
    expect(screen.getByLabelText<HTMLSelectElement>('Перелік калькуляторів').value).toBe('debt.limitation');
  });
});
