import { readFileSync } from 'node:fs';
import { ApiProvider, createApiClient, createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { MeProvider, RouterProvider, toMessages, type LinkProps, type Me, type RouterPort } from '@komplat/ui';
import { render, type RenderResult } from '@testing-library/react';
import axe from 'axe-core';
import { NextIntlClientProvider } from 'next-intl';
import { useSyncExternalStore, type ReactNode } from 'react';

export type PageLocale = 'uk' | 'en';

/** Words of one catalogue, by its place under `modules`: `legal/contract/messages/ui.uk.json`. */
export function catalogue(path: string): Readonly<Record<string, string>> {
  const parsed: Record<string, string> = JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
  return parsed;
}

const wordsOf = (locale: PageLocale, module?: string): Readonly<Record<string, string>>[] =>
  [
    `platform/ui/messages/${locale}.json`,
    ...(module ? [`${module}/contract/messages/${locale}.json`, `${module}/contract/messages/ui.${locale}.json`] : []),
  ].map(catalogue);

/** A place that a test can look at and change; `went` is where the page sent its reader. */
export interface Place {
  readonly port: RouterPort;
  readonly address: () => string;
  readonly went: readonly string[];
}

/** A router over one text: what Next.js does in the portal. */
export function placeOf(start: string, params: Readonly<Record<string, string>> = {}): Place {
  let current = start;
  const went: string[] = [];
  const listeners = new Set<() => void>();
  const go = (href: string): void => {
    current = href;
    for (const listener of listeners) listener();
  };
  const push = (href: string): void => {
    went.push(href);
    go(href);
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
    return { path, search: new URLSearchParams(query), params, push, replace: go };
  };
  return { port: { Link, useRouter }, address: () => current, went };
}

const PERSON: Me = {
  login: 'operator',
  fullName: 'Ткачук Наталія Іванівна',
  roles: ['operator'],
  permissions: [],
  today: '2026-11-23',
  period: '2026-11',
  profile: 'training',
  periods: [
    { period: '2026-11', state: 'open', closedOn: null },
    { period: '2026-10', state: 'closed', closedOn: '2026-11-04' },
  ],
};

/** What a page asked of the API: `path` stands under `/api/v1/` and has no query, `url` is the whole. */
export interface Asked {
  readonly url: string;
  readonly path: string;
  readonly method: string;
  readonly body: unknown;
  readonly key: string | null;
}

/** Settings of a rendering. */
export interface Setting {
  readonly place?: Place;
  /** The signed-in person, where they differ from an operator without permissions. */
  readonly me?: Partial<Me>;
  readonly locale?: PageLocale;
  /** Module whose words the page speaks. */
  readonly module?: string;
  readonly messages?: Readonly<Record<string, string>>;
  /** The network: a `Response`, the body of one, or nothing for what is not there. */
  readonly answer?: (asked: Asked) => unknown;
}

/** A drawn page with every write that it sent. */
export interface Drawn extends RenderResult {
  readonly page: HTMLElement;
  readonly sent: readonly Asked[];
  readonly went: readonly string[];
}

const responseOf = (answer: unknown): Response => {
  if (answer instanceof Response) return answer;
  return answer === undefined ? Response.json({}, { status: 404 }) : Response.json(answer);
};

/** Draws a page or a component with all that the portal gives it; the network is one function. */
export function draw(element: ReactNode, setting: Setting = {}): Drawn {
  const { locale = 'uk', place = placeOf('/'), answer = () => ({}) } = setting;
  const sent: Asked[] = [];
  const client = createApiClient({
    base: '/api/v1',
    bearer: () => Promise.resolve('token'),
    locale: () => locale,
    fetch: (input, { method = 'GET', body, headers } = {}) => {
      const url = String(input);
      const asked: Asked = {
        url,
        path: url.replace(/^.*\/api\/v1\//, '').replace(/\?.*$/, ''),
        method,
        body: typeof body === 'string' ? JSON.parse(body) : null,
        key: new Headers(headers).get('idempotency-key'),
      };
      if (method !== 'GET') sent.push(asked);
      return Promise.resolve(responseOf(answer(asked)));
    },
    wait: () => Promise.resolve(),
  });
  const drawn = render(
    <NextIntlClientProvider
      locale={locale}
      messages={toMessages(...wordsOf(locale, setting.module), setting.messages ?? {})}
      timeZone="Europe/Kyiv"
    >
      <RouterProvider port={place.port}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiProvider client={client}>
            <MeProvider me={{ ...PERSON, ...setting.me }}>{element}</MeProvider>
          </ApiProvider>
        </QueryClientProvider>
      </RouterProvider>
    </NextIntlClientProvider>,
  );
  return { ...drawn, page: drawn.container, sent, went: place.went };
}

/** What axe finds wrong; colours are judged by the token test and in the browser. */
export async function violationsOf(node: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(node, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((item) => item.html).join(' ')}`);
}

/** Keys that stand where words should: a text without a message shows its key. */
export const wordless = (node: Element, module: string): readonly string[] =>
  node.textContent?.match(new RegExp(`\\b(?:${module}|error|ui)\\.[a-z][\\w-]*\\.[\\w.-]+`, 'g')) ?? [];

/** Barriers and missing words of a page of a module. */
export const faultsOf = async (node: Element, module: string): Promise<readonly string[]> => [
  ...wordless(node, module),
  ...(await violationsOf(node)),
];
