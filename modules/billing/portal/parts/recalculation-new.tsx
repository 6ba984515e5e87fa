'use client';
import { useAct } from '@komplat/api-client';
import { DialogForm, SelectField, TextField, toast, useRouter, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { CORRECTION_REASONS, CorrectionOrder, type CorrectionView } from '../../contract/index.ts';

const KINDS = ['account', 'accounts', 'house', 'provider'] as const;
type Kind = (typeof KINDS)[number];
interface Fields {
  readonly kind: Kind;
  readonly value: string;
  readonly services: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly decision: string;
}
const codes = (value: string): string[] => value.split(/[\s,;]+/).filter((code) => code !== '');

/** The order as the API takes it; what is missing or malformed stays out and is shown at its field. */
function orderOf(fields: Fields): ReturnType<typeof CorrectionOrder.safeParse> {
  const value = fields.value.trim();
  const scope = {
    account: { kind: 'account', account: value.replaceAll(/\s/g, '') },
    accounts: { kind: 'accounts', accounts: value.split(/[\n,;]+/).map((part) => part.replaceAll(/\s/g, '')).filter((part) => part !== '') },
    house: { kind: 'house', house: value },
    provider: { kind: 'provider', provider: value },
  }[fields.kind];
  const services = codes(fields.services.toUpperCase());
  const { from, to, reason, decision } = fields;
  return CorrectionOrder.safeParse({ scope, ...(services.length > 0 ? { services } : {}), from, to, reason, decision });
}

/** Whose charges, which months, why: the answer is a draft with every line, nothing is posted. */
export function NewRecalculation({ start, onClose }: { start: { account: string; month: string }; onClose: () => void }): ReactNode {
  const text = useText();
  const { push } = useRouter();
  const act = useAct<CorrectionView>(['billing/corrections']);
  const [tried, setTried] = useState(false);
  const [fields, setFields] = useState<Fields>({
    kind: 'account', value: start.account, services: '', from: start.month, to: start.month, reason: 'facts', decision: '',
  });
  const order = orderOf(fields);
  const wrong = new Set(tried && !order.success ? order.error.issues.map(({ path }) => String(path[0])) : []);
  const field = (name: keyof Fields) => ({
    name,
    value: fields[name],
    error: wrong.has(name === 'value' ? 'scope' : name) ? text(`billing.ui.recalculation.wrong-${name}`) : undefined,
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  });
  const submit = (): void => {
    setTried(true);
    if (!order.success) return;
    act.mutate(
      { path: 'billing/corrections', options: { json: order.data } },
      {
        onSuccess: (made) => {
          toast.done(text('billing.ui.recalculation.computed'), made.number);
          push(`/billing/corrections/${made.id}`);
        },
      },
    );
  };
  const label = (name: string): string => text(`billing.ui.recalculation.${name}`);
  return (
    <DialogForm
      action={label('compute')}
      busy={act.isPending}
      icon="calculator"
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={label('scope')}
        {...field('kind')}
        onChange={(event) => setFields({ ...fields, kind: KINDS.find((kind) => kind === event.target.value) ?? 'account', value: '' })}
        options={KINDS.map((value) => ({ value, label: label(`kind-${value}`) }))}
      />
      <TextField label={label(`value-${fields.kind}`)} note={label(`note-${fields.kind}`)} {...field('value')} />
      <TextField label={label('services')} note={label('services-note')} optional {...field('services')} />
      <div className="grid" style={{ gridTemplateColumns: '1fr 1fr', gap: 12 }}>
        <TextField type="month" label={label('from')} {...field('from')} />
        <TextField type="month" label={label('to')} {...field('to')} />
      </div>
      <SelectField
        label={label('reason')}
        {...field('reason')}
        options={CORRECTION_REASONS.map((value) => ({ value, label: label(`reason-${value}`) }))}
      />
      <TextField label={label('decision')} note={label('decision-note')} {...field('decision')} />
    </DialogForm>
  );
}
