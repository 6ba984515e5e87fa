/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, placeOf, violationsOf, type Drawn } from '@komplat/testing/pages';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { InflationInterestInput, LimitationInput } from '../contract/calc.schema.ts';
import { sheetOf } from '../domain/index.ts';
import { Page } from '../portal/pages/calculators.page.tsx';

afterEach(cleanup);

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

/** The page at an address. */
const open = (address: string, answer: () => unknown = () => ANSWER): Drawn =>
  draw(<Page />, { module: 'debt', place: placeOf(address), answer: ({ path }) => (path.startsWith('calc/') ? answer() : SHEETS) });
const ordered = ({ sent }: Drawn): unknown[] => sent.map(({ path, body }) => [path, body]);
const run = async (): Promise<void> => userEvent.click(await screen.findByRole('button', { name: 'Розрахувати' }));

describe('what-if page', () => {
  it('sends the example as it stands and shows figures, periods, steps and marks in Ukrainian', async () => {
    const drawn = open('/debt/calculators');
    const { page } = drawn;
    await run();
    expect(ordered(drawn)).toEqual([['calc/debt.inflation-interest', SHEETS.calculators[0]?.example]]);
    const periods = await screen.findByRole('table', { name: 'Періоди' });
    expect(within(periods).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['31.12.2025', '36\u00a0500,00', 'січень 2026']);
    expect(page.textContent).toContain('Мораторій: КМУ 206потрібен юрист');
    expect(page.textContent).toContain('спливає');
    expect(page.textContent).toContain('Річні за період');
    expect(screen.getAllByRole('status').some((banner) => banner.textContent?.includes('До суду не подавати'))).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
  });
  it('another method has other fields; rows are added and removed; empty optional fields are left out', async () => {
    const drawn = open('/debt/calculators');
    await userEvent.selectOptions(await screen.findByLabelText(/^Метод/), 'A, A-fifo');
    await userEvent.type(screen.getByLabelText(/^Борг на початок/), '352.17');
    const [add] = screen.getAllByRole('button', { name: 'Додати рядок' });
    if (add) await userEvent.click(add);
    await userEvent.type(screen.getByLabelText(/^Нараховано/), '352.17');
    await run();
    expect(ordered(drawn)[0]).toEqual([
      'calc/debt.inflation-interest',
      { method: 'A', openingDebt: '352.17', months: [{ month: '', charged: '352.17', paid: '' }], ratePercent: '3' },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Прибрати рядок 1' }));
    await run();
    expect(ordered(drawn)[1]).toMatchObject([expect.any(String), { months: [] }]);
  });
  it('opens the calculator of the address; a refusal of the rule is shown in its words', async () => {
    const refusal = { title: 'Відмова', code: 'debt.limitation.no-term', detail: 'Немає строку давності виду general.', status: 422 };
    const drawn = open('/debt/calculators?name=debt.limitation', () => Response.json(refusal, { status: 422 }));
    expect(await screen.findByRole('heading', { level: 2, name: /Позовна давність/ })).toBeDefined();
    await run();
    expect((await screen.findByRole('alert')).textContent).toContain('Немає строку давності');
    expect(ordered(drawn)).toEqual([['calc/debt.limitation', SHEETS.calculators[1]?.example]]);
    expect(screen.getByLabelText<HTMLSelectElement>('Перелік калькуляторів').value).toBe('debt.limitation');
  });
});
