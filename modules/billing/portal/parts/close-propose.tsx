'use client';
import { useAct } from '@komplat/api-client';
import { Button, ReasonDialog, toast, useCan, useMessage, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { Close, Proposed } from './close-words.ts';

/** All lanes that are ready go to the second person at once. */
export function ProposeReady({ close }: { close: Close }): ReactNode {
  const text = useText();
  const message = useMessage();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const send = useAct<Proposed>(['billing/close', 'administration/']);
  const count = close.lanes.filter((lane) => lane.may.includes('propose')).length;
  if (count < 2 || !can('billing.close.propose')) return null;
  const told = ({ proposed, refused }: Proposed): void => {
    const sums = text('billing.ui.close.proposed-some', { count: proposed.length, refused: refused.length });
    const [first] = refused;
    if (first) toast.failed(sums, message(first.problem));
    else toast.done(sums);
    setAsking(false);
  };
  return (
    <>
      <Button kind="primary" icon="checks" id="propose-ready" onClick={() => setAsking(true)}>
        {text('billing.ui.close.propose-ready', { count })}
      </Button>
      {asking && (
        <ReasonDialog
          open
          title={text('billing.ui.close.propose-ready-title')}
          effect={text('billing.ui.close.propose-ready-effect', { count })}
          action={text('billing.ui.close.propose-ready', { count })}
          busy={send.isPending}
          error={send.error}
          onClose={() => setAsking(false)}
          onSubmit={(reason) =>
            send.mutate({ path: `billing/close/${close.period}/propose`, options: { json: { reason } } }, { onSuccess: told })
          }
        />
      )}
    </>
  );
}
