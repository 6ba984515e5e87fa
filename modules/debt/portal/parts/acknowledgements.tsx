'use client';
import { useAct } from '@komplat/api-client';
import {
  Button, Card, formatDay, formatMoney, formatPeriod, ReasonDialog, StatusPill, toast, useCan, useLocale, useMe, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { type AcknowledgementItem, ACKNOWLEDGEMENTS, type Claimable } from '../../contract/index.ts';
import { OrderDialog, type OrderValues } from './order-form.tsx';

const WHOLE = '';

/** The debtor acknowledged the debt, or paid a part of it: the term begins anew from there. */
function AcknowledgementDialog({ account, data, onClose }: { account: string; data: Claimable; onClose: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  const whole = { value: WHOLE, label: text('debt.ui.claimable.all-creditors') };
  const forms = ACKNOWLEDGEMENTS.filter((form) => form !== 'payment').map((value) => ({ value, label: text(`debt.ui.acknowledgement.${value}`) }));
  const paid = data.payments.map(({ id, on, amount }) => ({
    value: `payment ${id} ${on}`,
    label: text('debt.ui.claimable.payment', { day: formatDay(on), sum: formatMoney(amount, locale) }),
  }));
  const order = ({ form = '', on = '', provider = '', document = '' }: OrderValues, reason: string): object => {
    const [kind, payment, day] = form.split(' ');
    return { account, form: kind, on: day ?? on, document, reason, ...(payment ? { payment } : {}), ...(provider === WHOLE ? {} : { provider }) };
  };
  return (
    <OrderDialog
      title={text('debt.ui.claimable.record')}
      text={text('debt.ui.claimable.record-text')}
      action={text('debt.ui.claimable.record')}
      done={text('debt.ui.claimable.recorded')}
      path="debt/acknowledgements"
      fields={[
        { name: 'form', label: text('debt.ui.claimable.form'), kind: 'choice', initial: 'letter', options: [...forms, ...paid] },
        { name: 'on', label: text('debt.ui.claimable.on'), kind: 'day', initial: formatDay(today), hint: text('debt.ui.claimable.on-hint') },
        {
          name: 'provider',
          label: text('debt.ui.claimable.creditor'),
          kind: 'choice',
          optional: true,
          options: [whole, ...data.creditors.map(({ provider, providerName }) => ({ value: provider, label: providerName }))],
        },
        { name: 'document', label: text('debt.ui.claimable.document'), kind: 'text' },
      ]}
      order={order}
      onClose={onClose}
    />
  );
}

function AcknowledgementLine({ item, onWithdraw }: { item: AcknowledgementItem; onWithdraw: (id: string) => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const months = item.from && item.to ? `, ${formatPeriod(item.from, locale)} – ${formatPeriod(item.to, locale)}` : '';
  const withdrawn = item.withdrawnBy !== null;
  return (
    <li className="row">
      <StatusPill kind={withdrawn ? 'idle' : 'info'} icon={withdrawn ? 'undo' : 'file'}>
        {text(`debt.ui.acknowledgement.${item.form}`)}
        {withdrawn && `, ${text('debt.ui.claimable.withdrawn')}`}
      </StatusPill>
      <span className="grow">
        {formatDay(item.on)}, {item.provider ?? text('debt.ui.claimable.all-creditors')}
        {months}. {item.document}. {withdrawn ? item.withdrawnReason : item.reason}
        <span className="t2"> {text('debt.ui.claimable.moved', { count: item.moved })}</span>
      </span>
      {!withdrawn && can('debt.acknowledgement.write') && (
        <Button size="small" onClick={() => onWithdraw(item.id)}>
          {text('debt.ui.claimable.withdraw')}
        </Button>
      )}
    </li>
  );
}

/** Stored acknowledgements of the account: each begins limitation anew; a wrong one is withdrawn and stays. */
export function Acknowledgements({ account, data }: { account: string; data: Claimable }): ReactNode {
  const text = useText();
  const can = useCan();
  const act = useAct<unknown>(['debt/']);
  const [asked, setAsked] = useState<string>();
  const [recording, setRecording] = useState(false);
  const withdraw = (reason: string): void =>
    act.mutate(
      { path: `debt/acknowledgements/${asked ?? ''}/withdraw`, options: { json: { reason } } },
      {
        onSuccess: () => {
          toast.done(text('debt.ui.claimable.withdraw-done'));
          setAsked(undefined);
        },
      },
    );
  return (
    <Card
      title={text('debt.ui.claimable.acknowledgements')}
      right={
        can('debt.acknowledgement.write') && (
          <Button size="small" onClick={() => setRecording(true)}>
            {text('debt.ui.claimable.record')}
          </Button>
        )
      }
      padded
    >
      {data.acknowledgements.length === 0 ? (
        <p className="t2">{text('debt.ui.claimable.no-acknowledgements')}</p>
      ) : (
        <ul className="stack">
          {data.acknowledgements.map((item) => (
            <AcknowledgementLine key={item.id} item={item} onWithdraw={setAsked} />
          ))}
        </ul>
      )}
      {recording && <AcknowledgementDialog account={account} data={data} onClose={() => setRecording(false)} />}
      {asked !== undefined && (
        <ReasonDialog
          open
          title={text('debt.ui.claimable.withdraw-ask')}
          action={text('debt.ui.claimable.withdraw')}
          busy={act.isPending}
          error={act.error}
          onSubmit={withdraw}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  );
}
