'use client';
import { Frame, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import { OpenItemsTable } from '../parts/account-debt.tsx';
import { useCard } from '../parts/read-card.ts';

/** What is owed, by month and service. */
export function Slot({ subject }: SlotProps): ReactNode {
  const read = useCard(subject);
  return (
    <Frame read={read} rows={8} permission="billing.card.read">
      {(card) => <OpenItemsTable card={card} />}
    </Frame>
  );
}
