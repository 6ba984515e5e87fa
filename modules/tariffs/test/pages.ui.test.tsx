/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, faultsOf, placeOf, type Drawn, type PageLocale } from '@komplat/testing/pages';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ComponentType } from 'react';
import type { ProviderItem, SuccessionLook, ValueVersion, VersionLook } from '../contract/index.ts';
import { Page as ProvidersPage } from '../portal/pages/providers.page.tsx';
import { Page as ValuesPage } from '../portal/pages/values.page.tsx';

afterEach(cleanup);

const VALUE: ValueVersion = {
  id: 'tariffs2', book: 'tariffs', key: 'tariffs/MNT/P01/std/1', service: 'MNT', serviceName: 'Управління будинком', provider: 'ЖЕО', name: 'std', purpose: null, tier: 1,
  value: '5.25', unit: 'грн/м²', from: '2024-01-01', to: null, act: 'Виконавчий комітет № 17 від 01.12.2023', mark: 'needs a lawyer', current: true, last: true, waiting: false,
};
const SEASON: ValueVersion = { ...VALUE, id: 'parameters1', key: 'parameters/heating-season', service: null, serviceName: null, provider: null, name: 'heating-season', tier: null, value: '', waiting: true };
const LOOK: VersionLook = {
  replaces: { from: '2024-01-01', to: null, value: '5.25' },
  accounts: 2,
  sample: [{ number: '0100000017', address: 'вул. Соборна, 12а, кв. 1' }],
  money: { available: true, over: 2, asIf: '2026-11', effects: [{ month: '2026-11', service: 'MNT', serviceName: 'Утримання будинку', provider: 'P01', providerName: 'ЖЕО № 1', before: '704.34', after: '804.96' }], difference: '100.62' },
};
const PROVIDER: ProviderItem = { id: 1, code: 'P01', name: 'Житлово-експлуатаційне обʼєднання', kind: 'enterprise', from: '1997-01-01', to: null, successor: null, balances: null, supplies: 3, waiting: false };
const SUCCEEDED: ProviderItem = {
  ...PROVIDER, id: 3, code: 'P03', name: 'Комбінат', to: '2026-10-31', successor: 'ЖЕО', balances: { state: 'moved', debt: '352.17', advance: '10.00' },
};
const SUCCESSION: SuccessionLook = {
  accounts: 3, supplies: 3, tariffs: 1, balances: [{ service: 'Управління', accounts: 1, debt: '352.17', advance: '0.00' }], when: 'waiting',
};

function answerOf(path: string): unknown {
  if (path.includes('successions/')) return SUCCESSION;
  if (path.includes('values/look')) return LOOK;
  if (path === 'tariffs/values') return { items: [VALUE, SEASON], next: null, totals: { count: 2, sums: {} }, approvalId: 'x' };
  if (path.includes('tariffs/providers')) return { items: [PROVIDER, SUCCEEDED], next: null, totals: { count: 2, sums: {} } };
  return { names: {} };
}
const ME = { permissions: ['tariffs.read', 'tariffs.change'] };
const open = (Page: ComponentType, locale: PageLocale = 'uk'): Drawn =>
  draw(<Page />, { module: 'tariffs', locale, me: ME, place: placeOf('/tariffs'), answer: ({ path }) => answerOf(path) });
async function fill(fields: readonly (readonly [RegExp, string])[]): Promise<void> {
  const user = userEvent.setup();
  for (const [label, value] of fields) await user.type(screen.getByLabelText(label), value);
}

describe('pages of tariffs', () => {
  for (const locale of ['uk', 'en'] as const) {
    it.each([['values', ValuesPage, /5[.,]25/], ['providers', ProvidersPage, /P01/]] as const)(
      `%s speaks ${locale}: no text is missing, axe finds nothing`,
      async (_name, Page, shown) => {
        const { page } = open(Page, locale);
        await waitFor(() => expect(page.textContent).toMatch(shown));
      expect(await faultsOf(page, 'tariffs')).toEqual([]);
      },
    );
  }

  it('a new version is shown with whom it touches and what it costs before it is asked for', async () => {
    const user = userEvent.setup();
    const { sent } = open(ValuesPage);
    await user.click(await screen.findByRole('button', { name: 'Нова версія' }));
    await user.click(screen.getByRole('button', { name: 'Кого це зачепить' }));
    expect(sent).toEqual([]);
    await fill([
      [/^Значення/, '6,00'], [/Перший день/, '2026-12-01'], [/Хто вирішив/, 'Виконавчий комітет'], [/Номер рішення/, '41'], [/Дата рішення/, '2026-11-10'],
      [/Причина/, 'нова ціна управління'],
    ]);
    await user.click(screen.getByRole('button', { name: 'Кого це зачепить' }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/2 відкриті рахунки[\s\S]*704,34[\s\S]*804,96[\s\S]*100,62/));
    await user.click(screen.getByRole('button', { name: 'Подати на підпис' }));
    await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(['tariffs/values/look', 'tariffs/values']));
    expect(sent[1]?.body).toMatchObject({ book: 'tariffs', key: VALUE.key, value: '6.00', from: '2026-12-01', to: null, mark: 'confirmed' });
  });

  it('a succession says what goes over, and when the balances follow', async () => {
    const user = userEvent.setup();
    const { sent } = open(ProvidersPage);
    await user.click(await screen.findByRole('button', { name: 'Правонаступництво' }));
    await fill([[/Код правонаступника/, 'p02'], [/Перший день/, '2027-01-01'], [/^Документ/, 'рішення сесії № 5'], [/Причина/, 'передача будинків на баланс']]);
    await user.click(screen.getByRole('button', { name: 'Що перейде' }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/щойно буде закрито[\s\S]*Управління[\s\S]*352,17/));
    expect(sent).toMatchObject([{ path: 'tariffs/successions/look', body: { provider: 'P01', successor: 'P02', on: '2027-01-01' } }]);
  });

  it('a succession is taken back after a look at what comes back', async () => {
    const user = userEvent.setup();
    const { sent, page } = open(ProvidersPage);
    await waitFor(() => expect(page.textContent).toMatch(/перейшли: борги 352,17/));
    await user.click(screen.getByRole('button', { name: 'Скасувати правонаступництво' }));
    await fill([[/Причина/, 'рішення скасовано судом']]);
    await user.click(screen.getByRole('button', { name: 'Що повернеться' }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/Повернеться: рахунків 3/));
    await user.click(screen.getByRole('button', { name: 'Подати на підпис' }));
    await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(['tariffs/successions/undo/look', 'tariffs/successions/undo']));
    expect(sent[1]?.body).toEqual({ provider: 'P03', reason: 'рішення скасовано судом' });
  });
});
