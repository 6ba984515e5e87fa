import { readFileSync } from 'node:fs';
import { ApiProvider, createApiClient, createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { render, type RenderResult } from '@testing-library/react';
import axe from 'axe-core';
import { NextIntlClientProvider } from 'next-intl';
import { useSyncExternalStore, type ReactNode } from 'react';
import { MeProvider, RouterProvider, toMessages, type LinkProps, type Me, type RouterPort } from '../src/index.ts';

const catalogue = (locale: string): Record<string, string> => {
  const text = readFileSync(new URL(`../messages/${locale}.json`, import.meta.url), 'utf8');
  const parsed: Record<string, string> = JSON.parse(text);
  return parsed;
};

/** A place that a test can look at and change. */
export interface Place {
  readonly port: RouterPort;
  readonly address: () => string;
}

/** A router over one text: what Next.js does in the portal. */
export function placeOf(start: string): Place {
  let current = start;
  const listeners = new Set<() => void>();
  const go = (href: string): void => {
    current = href;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const Link = ({ href, ...rest }: LinkProps): ReactNode => <a href={href} {...rest} />;
  const useRouter: RouterPort['useRouter'] = () => {
    const address = useSyncExternalStore(
      subscribe,
      () => current,
      () => current,
    );
    const [path = '', query = ''] = address.split('?');
    return { path, search: new URLSearchParams(query), params: {}, push: go, replace: go };
  };
  return { port: { Link, useRouter }, address: () => current };
}

/** A person with some permissions. */
export const personWith = (permissions: readonly string[]): Me => ({
  login: 'operator',
  fullName: 'Ткачук Наталія Іванівна',
  roles: ['operator'],
  permissions,
  today: '2026-11-23',
  period: '2026-11',
  profile: 'training',
  periods: [
    { period: '2026-11', state: 'open', closedOn: null },
    { period: '2026-10', state: 'closed', closedOn: '2026-11-04' },
  ],
});

/** Settings of a rendering. */
export interface Setting {
  readonly place?: Place;
  readonly permissions?: readonly string[];
  readonly locale?: 'uk' | 'en';
  readonly answer?: (url: string) => Response;
  readonly messages?: Readonly<Record<string, string>>;
}

/** Draws a component with all that the portal gives it; the network is one function. */
export function draw(element: ReactNode, setting: Setting = {}): RenderResult {
  const locale = setting.locale ?? 'uk';
  const place = setting.place ?? placeOf('/');
  const client = createApiClient({
    base: '/api/v1',
    bearer: () => Promise.resolve('token'),
    locale: () => locale,
    fetch: (input) => Promise.resolve(setting.answer?.(String(input)) ?? new Response('{}')),
    wait: () => Promise.resolve(),
  });
  return render(
    <NextIntlClientProvider
      locale={locale}
      messages={toMessages(catalogue(locale), setting.messages ?? {})}
      timeZone="Europe/Kyiv"
    >
      <RouterProvider port={place.port}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiProvider client={client}>
            <MeProvider me={personWith(setting.permissions ?? [])}>{element}</MeProvider>
          </ApiProvider>
        </QueryClientProvider>
      </RouterProvider>
    </NextIntlClientProvider>,
  );
}

/** What axe finds wrong; colours are judged by the token test and in the browser. */
export async function violationsOf(node: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(node, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((item) => item.html).join(' ')}`);
}
