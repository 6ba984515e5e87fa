'use client';
import { createQueryClient, QueryClientProvider } from '@komplat/api-client';
import { RouterProvider, Toaster, type LinkProps, type Router, type RouterPort } from '@komplat/ui';
import NextLink from 'next/link';
import { useParams, usePathname, useRouter as useNextRouter, useSearchParams } from 'next/navigation';
import { useState, type ReactNode } from 'react';

const Link = ({ href, ...rest }: LinkProps): ReactNode => <NextLink href={href} prefetch={false} {...rest} />;

/** Next.js behind the small router of the design system. */
function useRouter(): Router {
  const router = useNextRouter();
  const params = useParams();
  const search = useSearchParams();
  return {
    path: usePathname(),
    search: new URLSearchParams(search.toString()),
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        decodeURIComponent(Array.isArray(value) ? value.join('/') : (value ?? '')),
      ]),
    ),
    push: (href) => router.push(href),
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
