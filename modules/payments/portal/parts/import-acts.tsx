'use client';
import { useAct } from '@komplat/api-client';
import {
  Button,
  Card,
  ConfirmDestructive,
  formatCount,
  formatMoney,
  ImpactPreview,
  KeyValues,
  MoneyCell,
  ReasonDialog,
  toast,
  useCan,
  useErrorText,
  useKeys,
  useLocale,
  useStandstill,
  useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ImportView } from '../../contract/index.ts';

type Order = 'post' | 'cancel' | 'rollback';

function useOrder(
  view: ImportView,
  onDone?: () => void,
): {
  send: (order: Order, reason?: string) => void;
  busy: boolean;
  error: unknown;
  reset: () => void;
} {
  const text = useText();
  const sentence = useErrorText();
  const act = useAct<unknown>(['payments/', 'administration/home', 'billing/']);
  return {
    send: (order, reason) =>
      act.mutate(
        {
          path: `payments/imports/${view.id}/${order}`,
          options: { json: reason ? { reason } : {}, ifMatch: view.version },
        },
        {
          onSuccess: () => {
            toast.done(text(`payments.ui.import.did-${order}`), view.fileName);
            onDone?.();
          },
          onError: (error) => order === 'post' && toast.failed(text('payments.ui.import.post-failed'), sentence(error)),
        },
      ),
    busy: act.isPending,
    error: act.error,
    reset: act.reset,
  };
}

/** What will be posted, with its numbers on the button; what stays out and why. */
export function PlanCard({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const can = useCan();
  const { send, busy } = useOrder(view);
  const { plan, posted } = view;
  const may = view.may.includes('post') && can('payments.import.post');
  const still = useStandstill();
  useKeys({ 'Ctrl+Enter': () => may && !busy && !still && send('post') });
  const after = view.state === 'posted' || view.state === 'rolled-back';
  const line = (key: 'post' | 'suspense' | 'leave'): { key: string; label: ReactNode; value: ReactNode } => ({
    key,
    label: text(`payments.ui.plan.${key}`, { count: formatCount(plan[key].count) }),
    value: <MoneyCell value={plan[key].sum} />,
  });
  return (
    <Card
      padded
      title={text(after ? 'payments.ui.plan.was' : 'payments.ui.plan.title')}
      sub={view.state === 'rolled-back' ? text('payments.ui.state.rolled-back') : undefined}
    >
      <KeyValues
        kind="sum"
        items={[
          ...(after
            ? [
                {
                  key: 'posted',
                  label: text('payments.ui.plan.posted', { count: formatCount(posted.count) }),
                  value: <MoneyCell value={posted.sum} />,
                },
              ]
            : [line('post'), line('suspense'), line('leave')]),
          {
            key: 'all',
            label: text('payments.ui.plan.all', { count: formatCount(view.read.rows ?? 0) }),
            value: <MoneyCell value={view.read.sum ?? { missing: 'unchecked' }} />,
          },
        ]}
      />
      {may && (
        <div className="mt-2.5">
          <Button
            kind="primary"
            className="wide"
            icon="check"
            busy={busy}
            keys={['Ctrl+Enter']}
            id="post-import"
            why={still}
            onClick={() => send('post')}
          >
            {text('payments.ui.plan.button', { count: plan.post.count, rows: formatCount(plan.post.count) })}
          </Button>
        </div>
      )}
      <p className="hint mt-2">
        {plan.undecided > 0
          ? text('payments.ui.plan.undecided', { count: plan.undecided })
          : text('payments.ui.plan.note')}
      </p>
    </Card>
  );
}

function RollbackImpact({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { count, sum } = view.posted;
  return (
    <>
      <p>{text('payments.ui.back.effect', { rows: count, sum: formatMoney(sum, locale) })}</p>
      <ImpactPreview
        caption={text('payments.ui.back.button')}
        rows={[
          { key: 'rows', label: text('payments.ui.back.rows'), was: formatCount(count), becomes: '0' },
          {
            key: 'sum',
            label: text('payments.ui.back.sum'),
            was: formatMoney(sum, locale),
            becomes: formatMoney('0.00', locale),
            strong: true,
          },
        ]}
        same={[text('payments.ui.back.same-file'), text('payments.ui.back.same-closed')]}
      />
    </>
  );
}

/** The way back: one record while the period is open, nothing is erased. */
export function WayBack({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const { send, busy, error, reset } = useOrder(view, () => setOpen(false));
  const may = view.may.includes('rollback') && can('payments.import.rollback');
  return (
    <Card padded title={text('payments.ui.back.title')}>
      <p>{text('payments.ui.back.text')}</p>
      <div className="row mt-2">
        <Button
          icon="undo"
          size="small"
          why={may ? undefined : text('payments.ui.back.nothing')}
          onClick={() => setOpen(true)}
        >
          {text('payments.ui.back.button')}
        </Button>
      </div>
      {open && may && (
        <ConfirmDestructive
          open
          title={text('payments.ui.back.ask', { file: view.fileName })}
          effect={<RollbackImpact view={view} />}
          typed={String(view.posted.count)}
          action={text('payments.ui.back.confirm', { rows: view.posted.count })}
          busy={busy}
          error={error}
          onSubmit={(reason) => send('rollback', reason)}
          onClose={() => {
            reset();
            setOpen(false);
          }}
        />
      )}
    </Card>
  );
}

/** Refuses the file before anything is posted. */
export function CancelButton({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const { send, busy, error, reset } = useOrder(view, () => setOpen(false));
  if (!view.may.includes('cancel') || !can('payments.import.load')) return null;
  return (
    <>
      <Button kind="danger" icon="close" onClick={() => setOpen(true)}>
        {text('payments.ui.import.cancel')}
      </Button>
      {open && (
        <ReasonDialog
          open
          title={text('payments.ui.import.cancel-title', { file: view.fileName })}
          effect={text('payments.ui.import.cancel-effect')}
          action={text('payments.ui.import.cancel')}
          kind="danger-solid"
          busy={busy}
          error={error}
          onSubmit={(reason) => send('cancel', reason)}
          onClose={() => {
            reset();
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
