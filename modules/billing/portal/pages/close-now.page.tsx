'use client';
import { Loading, usePeriod, useRouter } from '@komplat/ui';
import { useEffect, type ReactNode } from 'react';

/** Leads to the close of the month that this tab looks at. */
export function Page(): ReactNode {
  const { period } = usePeriod();
  const router = useRouter();
  useEffect(() => router.replace(`/billing/close/${period}`), [period]);
  return <Loading rows={8} />;
}
