'use client';
import { useAct } from '@komplat/api-client';
import { ReasonDialog, toast, useMessage, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { Gate } from './close-words.ts';

/** Asks a second person to let a red gate pass: in one lane, or in all lanes that it holds. */
export function ExceptionDialog(props: {
  /** The lane, or the month for all lanes: `billing/close/2026-11`. */
  path: string;
  gate: Gate;
  whose: string;
  onClose: () => void;
}): ReactNode {
  const { gate, onClose } = props;
  const text = useText();
  const message = useMessage();
  const act = useAct<unknown>(['billing/close', 'administration/']);
  const path = `${props.path}/gates/${encodeURIComponent(gate.id)}/exception`;
  const ask = (reason: string): void =>
    act.mutate(
      { path, options: { json: { reason } } },
      {
        onSuccess: () => {
          toast.done(text('billing.ui.gate.asked'), props.whose);
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      open
      title={text('billing.ui.gate.ask-title')}
      effect={`${message(gate.title)}. ${props.whose}. ${text('billing.ui.gate.ask-effect')}`}
      action={text('billing.ui.gate.ask-send')}
      busy={act.isPending}
      error={act.error}
      onSubmit={ask}
      onClose={onClose}
    />
  );
}
