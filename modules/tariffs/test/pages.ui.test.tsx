/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ApiProvider, createApiClient, createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { MeProvider, RouterProvider, toMessages, type LinkProps, type RouterPort } from '@komplat/ui';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { NextIntlClientProvider } from 'next-intl';
import type { ComponentType, ReactNode } from 'react';
import type { ProviderItem, SuccessionLook, ValueVersion, VersionLook } from '../contract/index.ts';
import { Page as ProvidersPage } from '../portal/pages/providers.page.tsx';
import { Page as ValuesPage } from '../portal/pages/values.page.tsx';

afterEach(cleanup);
type Locale = 'uk' | 'en';
const catalogue = (path: string): Record<string, string> => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const wordsOf = (locale: Locale): Record<string, string>[] =>
  [`../contract/messages/${locale}.json`, `../contract/messages/ui.${locale}.json`, `../../platform/ui/messages/${locale}.json`].map(catalogue);

const VALUE: ValueVersion = {
  id: 'tariffs2', book: 'tariffs', key: 'tariffs/MNT/P01/std/1', service: 'MNT', serviceName: 'Управління будинком', provider: 'ЖЕО', name: 'std', purpose: null, tier: 1,
  value: '5.25', unit: 'грн/м²', from: '2024-01-01', to: null, act: 'Виконавчий комітет № 17 від 01.12.2023', mark: 'needs a lawyer', current: true, last: true, waiting: false,
};
const SEASON: ValueVersion = { ...VALUE, id: 'parameters1', key: 'parameters/heating-season', service: null, serviceName: null, provider: null, name: 'heating-season', tier: null, value: '', waiting: true };
const LOOK: VersionLook = {
  replaces: { from: '2024-01-01', to: null, value: '5.25' },
  accounts: 2,
  sample: [{ number: '0100000017', address: 'вул. Соборна, 12а, кв. 1' }],
  money: { available: true, over: 2, asIf: '2026-11', effects: [{ month: '2026-11', service: 'MNT', provider: 'P01', before: '704.34', after: '804.96' }], difference: '100.62' },
};
const PROVIDER: ProviderItem = { id: 1, code: 'P01', name: 'Житлово-експлуатаційне обʼєднання', kind: 'enterprise', from: '1997-01-01', to: null, successor: null, supplies: 3, waiting: false };
const SUCCESSION: SuccessionLook = {
  accounts: 3, supplies: 3, tariffs: 1, balances: [{ service: 'MNT', accounts: 1, debt: '352.17', advance: '0.00' }], movesBalances: false,
};

function answerOf(path: string): unknown {
  if (path.includes('successions/look')) return SUCCESSION;
  if (path.includes('values/look')) return LOOK;
  if (path.includes('tariffs/values?') || path === 'tariffs/values') return { items: [VALUE, SEASON], next: null, totals: { count: 2, sums: {} }, approvalId: 'x' };
  if (path.includes('tariffs/providers')) return { items: [PROVIDER], next: null, totals: { count: 1, sums: {} } };
  return { names: {} };
}
interface Sent {
  readonly path: string;
  readonly body: unknown;
}
function open(Page: ComponentType, locale: Locale = 'uk'): { readonly sent: Sent[]; readonly page: HTMLElement } {
  const sent: Sent[] = [];
  const port: RouterPort = {
    Link: ({ href, ...rest }: LinkProps): ReactNode => <a href={href} {...rest} />,
    useRouter: () => ({ path: '/tariffs', search: new URLSearchParams(), params: {}, push: () => undefined, replace: () => undefined }),
  };
  const client = createApiClient({
    base: '/api/v1',
    bearer: () => Promise.resolve('token'),
    locale: () => locale,
    fetch: (input, init) => {
      const path = String(input).replace('/api/v1/', '');
      if (init?.method === 'POST') sent.push({ path, body: JSON.parse(String(init.body)) });
      return Promise.resolve(Response.json(answerOf(path)));
    },
    wait: () => Promise.resolve(),
  });
  const me = {
    login: 'clerk', fullName: 'Ткачук Наталія', roles: ['operator'], permissions: ['tariffs.read', 'tariffs.change'], today: '2026-11-23', period: '2026-11', profile: 'training', periods: [],
  };
  const { container } = render(
    <NextIntlClientProvider locale={locale} messages={toMessages(...wordsOf(locale))} timeZone="Europe/Kyiv">
      <RouterProvider port={port}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiProvider client={client}>
            <MeProvider me={me}>
              <Page />
            </MeProvider>
          </ApiProvider>
        </QueryClientProvider>
      </RouterProvider>
    </NextIntlClientProvider>,
  );
  return { sent, page: container };
}
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
        expect(page.textContent).not.toMatch(/tariffs\.ui\./);
        const { violations } = await axe.run(page, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
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

  it('a succession says what goes over and that nobody moves the balances', async () => {
    const user = userEvent.setup();
    const { sent } = open(ProvidersPage);
    await user.click(await screen.findByRole('button', { name: 'Правонаступництво' }));
    await fill([[/Код правонаступника/, 'p02'], [/Перший день/, '2027-01-01'], [/^Документ/, 'рішення сесії № 5'], [/Причина/, 'передача будинків на баланс']]);
    await user.click(screen.getByRole('button', { name: 'Що перейде' }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/переносити нікому[\s\S]*352,17/));
    expect(sent).toMatchObject([{ path: 'tariffs/successions/look', body: { provider: 'P01', successor: 'P02', on: '2027-01-01' } }]);
  });
});
