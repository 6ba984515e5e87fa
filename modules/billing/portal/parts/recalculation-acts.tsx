'use client';
import { useAct } from '@komplat/api-client';
import { Button, formatMoney, ReasonDialog, toast, useCan, useErrorText, useLocale, useRouter, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CorrectionView } from '../../contract/index.ts';

/** Post, compute anew, undo: what the document allows now. A repeated press of one button is one act. */
export function RecalculationActs({ view }: { view: CorrectionView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const still = useStandstill();
  const sentence = useErrorText();
  const { push } = useRouter();
  const [undoing, setUndoing] = useState(false);
  const act = useAct<CorrectionView>(['billing/', 'administration/home']);
  const send = (order: 'post' | 'again' | 'reverse', reason?: string): void =>
    act.mutate(
      {
        path: `billing/corrections/${view.id}/${order}`,
        options: { json: reason ? { reason } : {} },
      },
      {
        onSuccess: (done) => {
          setUndoing(false);
          const asked = order === 'reverse' && done.state === 'posted';
          toast.done(text(`billing.ui.recalculation.did-${asked ? 'waiting' : order === 'post' ? done.state : order}`), done.number);
          if (done.id !== view.id) push(`/billing/corrections/${done.id}`);
        },
        onError: (error) => order !== 'reverse' && toast.failed(text('billing.ui.recalculation.failed-act'), sentence(error)),
      },
    );
  if (!can('billing.correction.make')) return null;
  return (
    <>
      {view.may.includes('reverse') && (
        <Button icon="undo" why={still} onClick={() => setUndoing(true)}>
          {text('billing.ui.recalculation.reverse')}
        </Button>
      )}
      {view.may.includes('again') && (
        <Button icon="calculator" busy={act.isPending} onClick={() => send('again')}>
          {text('billing.ui.recalculation.again')}
        </Button>
      )}
      {view.may.includes('post') && (
        <Button kind="primary" icon="check" busy={act.isPending} why={still} onClick={() => send('post')}>
          {text(view.needsApproval ? 'billing.ui.recalculation.ask' : 'billing.ui.recalculation.post', { sum: formatMoney(view.total, locale) })}
        </Button>
      )}
      <ReasonDialog
        open={undoing}
        title={text('billing.ui.recalculation.reverse-title', { number: view.number })}
        effect={text('billing.ui.recalculation.reverse-effect', { lines: view.lines })}
        action={text('billing.ui.recalculation.reverse')}
        busy={act.isPending}
        error={act.error}
        onSubmit={(reason) => send('reverse', reason)}
        onClose={() => setUndoing(false)}
      />
    </>
  );
}
