'use client';
import { useAct } from '@komplat/api-client';
import { Button, ReasonDialog, toast, useRouter, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { RunDetail, RunView } from '../../contract/index.ts';

type Order = 'stop' | 'go-on' | 'retry';

/** What may be done with a run in its state; a retry is a new run. */
function ordersOf({ state, counts }: RunView): readonly Order[] {
  if (state === 'running' || state === 'planned') return ['stop'];
  const again: readonly Order[] = counts.failed > 0 ? ['retry'] : [];
  return state === 'done' ? again : ['go-on', ...again];
}

/** Stop, go on, repeat what failed: each with a reason. */
export function RunActs({ run }: { run: RunView }): ReactNode {
  const text = useText();
  const router = useRouter();
  const still = useStandstill();
  const [order, setOrder] = useState<Order | null>(null);
  const act = useAct<RunDetail>(['bills/', 'administration/']);
  const send = (reason: string): void => {
    if (order === null) return;
    act.mutate(
      { path: `bills/runs/${run.id}/${order}`, options: { json: { reason } } },
      {
        onSuccess: (answer) => {
          toast.done(text(`bills.ui.acts.did-${order}`));
          setOrder(null);
          if (answer.id !== run.id) router.push(`/bills/${answer.id}`);
        },
      },
    );
  };
  return (
    <>
      {ordersOf(run).map((each) => (
        <Button key={each} icon={each === 'stop' ? 'paused' : each === 'go-on' ? 'play' : 'retry'} why={still} onClick={() => setOrder(each)}>
          {text(`bills.ui.acts.${each}`, { count: run.counts.failed })}
        </Button>
      ))}
      <ReasonDialog
        open={order !== null}
        title={text(`bills.ui.acts.ask-${order ?? 'stop'}`)}
        effect={text(`bills.ui.acts.effect-${order ?? 'stop'}`)}
        action={text(`bills.ui.acts.${order ?? 'stop'}`, { count: run.counts.failed })}
        busy={act.isPending}
        error={act.error}
        onSubmit={send}
        onClose={() => setOrder(null)}
      />
    </>
  );
}
