'use client';
import { useRead } from '@komplat/api-client';
import { useCan, type Message } from '@komplat/ui';

/** One queue of the person. */
export interface WaitingQueue {
  readonly key: string;
  readonly title: Message | string;
  readonly count: number;
  readonly href: string;
  readonly items: readonly { readonly title: Message | string; readonly href: string }[];
}

const MINUTE = 60_000;

/** The queues of the person; navigation, bell and home share one reading. */
export function useWaiting(): readonly WaitingQueue[] {
  const can = useCan();
  const read = useRead<{ readonly queues: readonly WaitingQueue[] }>(
    'administration/home',
    {},
    { enabled: can('administration.home.read'), every: MINUTE },
  );
  return read.data?.queues ?? [];
}
