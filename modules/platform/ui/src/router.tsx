'use client';
import { createContext, useContext, type AnchorHTMLAttributes, type ComponentType, type ReactNode } from 'react';

/** Attributes of a link inside the portal. */
export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
  readonly children?: ReactNode;
}

/** Where the page is and how it moves; the portal gives the Next.js one, tests a plain one. */
export interface Router {
  readonly path: string;
  readonly search: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  push(href: string): void;
  replace(href: string): void;
}

/** What the portal provides. */
export interface RouterPort {
  readonly Link: ComponentType<LinkProps>;
  readonly useRouter: () => Router;
}

const RouterContext = createContext<RouterPort | undefined>(undefined);

/** Makes routing known to the components below. */
export function RouterProvider({ port, children }: { port: RouterPort; children: ReactNode }): ReactNode {
  return <RouterContext.Provider value={port}>{children}</RouterContext.Provider>;
}

function usePort(): RouterPort {
  const port = useContext(RouterContext);
  if (!port) throw new Error('router outside of RouterProvider');
  return port;
}

/** A link that changes the page without loading the portal again. */
export function AppLink(props: LinkProps): ReactNode {
  const { Link } = usePort();
  return <Link {...props} />;
}

/** The current place. */
export const useRouter = (): Router => usePort().useRouter();

/** Changes of the query string; `undefined` removes a value. */
export type SearchChanges = Readonly<Record<string, string | undefined>>;

/** The address with some values of its query string changed. */
export function withSearch(path: string, search: URLSearchParams, changes: SearchChanges): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}

/** State that lives in the address, so that a colleague with the link sees the same. */
export function useSearchState(): [URLSearchParams, (changes: SearchChanges) => void] {
  const router = useRouter();
  return [router.search, (changes) => router.replace(withSearch(router.path, router.search, changes))];
}
