'use client';
import { Loading, useMe, useRouter } from '@komplat/ui';
import { useEffect, type ReactNode } from 'react';

/** Leads to the close of the current month. */
export function Page(): ReactNode {
  const { period } = useMe();
  const router = useRouter();
  useEffect(() => router.replace(`/billing/close/${period}`), [period]);
  return <Loading rows={8} />;
}
