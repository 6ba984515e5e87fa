'use client';
import { formatCount, type IconName, StatusPill, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { type CaseStatus, CLOSED_STATUSES, PARKED_STATUSES } from '../../contract/index.ts';

type Look = { readonly kind: 'ok' | 'warn' | 'bad' | 'info' | 'idle'; readonly icon: IconName };
const GOOD: readonly CaseStatus[] = ['completed', 'paid-voluntarily'];
const BAD: readonly CaseStatus[] = ['order-refused', 'order-cancelled', 'claim-left-without-motion', 'returned-to-creditor'];

function lookOf(status: CaseStatus): Look {
  if (GOOD.includes(status)) return { kind: 'ok', icon: 'done' };
  if (BAD.includes(status)) return { kind: 'bad', icon: 'warning' };
  if (CLOSED_STATUSES.some((closed) => closed === status)) return { kind: 'idle', icon: 'skipped' };
  return PARKED_STATUSES.some((parked) => parked === status) ? { kind: 'warn', icon: 'paused' } : { kind: 'info', icon: 'scale' };
}

/** Where a case stands. */
export function CaseStatusPill({ status }: { status: CaseStatus }): ReactNode {
  const text = useText();
  const { kind, icon } = lookOf(status);
  return (
    <StatusPill kind={kind} icon={icon}>
      {text(`legal.case.status.${status}`)}
    </StatusPill>
  );
}

const SOON = 7;
/** Days to a term: red when it is over, yellow in its last week. */
export function DaysLeft({ days, escalated = false }: { days: number; escalated?: boolean }): ReactNode {
  const text = useText();
  const kind = days < 0 || escalated ? 'bad' : days <= SOON ? 'warn' : 'idle';
  return (
    <StatusPill kind={kind} icon="clock">
      {text(days < 0 ? 'legal.ui.case.days-over' : 'legal.ui.case.days-left', { days: formatCount(Math.abs(days)) })}
    </StatusPill>
  );
}
