'use client';
import { ButtonLink, usePastDays, useText, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';

/** From the card to the desk with the account filled in; a card of the past takes no money. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const { isNow } = usePastDays();
  return (
    isNow && (
      <ButtonLink href={`/payments/desk?account=${subject}`} icon="wallet" kind="primary">
        {text('payments.ui.desk.accept-plain')}
      </ButtonLink>
    )
  );
}
