'use client';
import { formatDay, useMe, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { OWN_HOLDS } from '../../contract/index.ts';
import { OrderDialog } from './order-form.tsx';

/** A person leaves the debt of an account alone for a time: why and until when. */
export function HoldDialog({ account, onClose }: { account: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  return (
    <OrderDialog
      title={text('debt.ui.card.hold-title')}
      action={text('debt.ui.card.hold')}
      done={text('debt.ui.card.hold-done')}
      path="debt/holds"
      fields={[
        {
          name: 'kind',
          label: text('debt.ui.card.hold-kind'),
          kind: 'choice',
          initial: 'promise',
          options: OWN_HOLDS.map((value) => ({ value, label: text(`debt.ui.hold.${value}`) })),
        },
        { name: 'from', label: text('debt.ui.card.hold-from'), kind: 'day', initial: formatDay(today) },
        { name: 'until', label: text('debt.ui.card.hold-until'), kind: 'day' },
      ]}
      order={(values, reason) => ({ account, ...values, reason })}
      onClose={onClose}
    />
  );
}
