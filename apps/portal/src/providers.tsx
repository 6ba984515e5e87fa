'use client';
import { createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { RouterProvider, Toaster, type LinkProps, type Router, type RouterPort } from '@komplat/ui';
import NextLink from 'next/link';
import { useParams, usePathname, useRouter as useNextRouter, useSearchParams } from 'next/navigation';
import { useState, type ReactNode } from 'react';

/** The period of the tab goes along to the next page, unless the address names its own. */
function withPeriod(href: string, search: URLSearchParams): string {
  const period = search.get('period');
  if (!period || !href.startsWith('/')) return href;
  const [path = '', query = ''] = href.split('?');
  const next = new URLSearchParams(query);
  if (!next.has('period')) next.set('period', period);
  return `${path}?${next.toString()}`;
}

function Link({ href, ...rest }: LinkProps): ReactNode {
  const search = useSearchParams();
  return <NextLink href={withPeriod(href, new URLSearchParams(search.toString()))} prefetch={false} {...rest} />;
}

/** Next.js behind the small router of the design system. */
function useRouter(): Router {
  const router = useNextRouter();
  const params = useParams();
  const search = useSearchParams();
  const path = usePathname();
  return {
    path,
    search: new URLSearchParams(search.toString()),
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        decodeURIComponent(Array.isArray(value) ? value.join('/') : (value ?? '')),
      ]),
    ),
    push: (href) =>
      router.push(href.split('?')[0] === path ? href : withPeriod(href, new URLSearchParams(search.toString()))),
    replace: (href) => router.replace(href, { scroll: false }),
  };
}

const PORT: RouterPort = { Link, useRouter };

/** What every page needs: routing, data store, place for toasts. */
export function Providers({ children }: { children: ReactNode }): ReactNode {
  const [store] = useState(createQueryClient);
  return (
    <RouterProvider port={PORT}>
      <QueryClientProvider client={store}>
        {children}
        <Toaster />
      </QueryClientProvider>
    </RouterProvider>
  );
}
