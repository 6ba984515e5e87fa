'use client';
import { useAct } from '@komplat/api-client';
import { Dialog, DialogForm, Field, MIN_REASON, parseDay, parseMoney, ReasonLine, SelectField, TextField, toast, useMe, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';

/** A field of an order; what is typed reaches the order in the form that the server takes. */
export interface OrderField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'day' | 'money' | 'count' | 'choice' | 'lines';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly initial?: string;
  readonly optional?: boolean;
  readonly hint?: string;
  /** What is wrong with it besides its kind. */
  readonly check?: (value: string) => string | undefined;
}
export type OrderValues = Readonly<Record<string, string>>;

const LINES = 8;

/** What was typed in the form of the server; undefined: it cannot be read. */
function readField({ kind, optional }: OrderField, typed: string, today: string): string | undefined {
  const text = typed.trim();
  if (text === '') return optional ? '' : undefined;
  if (kind === 'day') return parseDay(text, today);
  if (kind === 'money') return parseMoney(text);
  if (kind === 'count') return /^\d{1,5}$/.test(text) ? text : undefined;
  return text;
}

function OrderInput({ field, value, error, onChange }: { field: OrderField; value: string; error: string | undefined; onChange: (value: string) => void }): ReactNode {
  const face = { label: field.label, hint: field.hint, error, optional: field.optional ?? false };
  if (field.kind === 'choice')
    return <SelectField {...face} value={value} options={field.options ?? []} onChange={(event) => onChange(event.target.value)} />;
  if (field.kind === 'lines')
    return (
      <Field {...face}>
        {({ id, describedBy, invalid }) => (
          <textarea
            id={id}
            className="input"
            rows={LINES}
            value={value}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    );
  return <TextField {...face} numeric={field.kind === 'money' || field.kind === 'count'} value={value} onChange={(event) => onChange(event.target.value)} />;
}

/** A form in a dialog that sends one order with its reason; a second click is the same order. */
export function OrderDialog(props: {
  title: string;
  text?: string;
  action: string;
  done: string;
  path: string;
  fields: readonly OrderField[];
  order: (values: OrderValues, reason: string) => object;
  onClose: () => void;
}): ReactNode {
  const { fields, onClose } = props;
  const text = useText();
  const { today } = useMe();
  const act = useAct<unknown>(['debt/']);
  const [typed, setTyped] = useState<OrderValues>(Object.fromEntries(fields.map(({ name, initial }) => [name, initial ?? ''])));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < MIN_REASON;
  const values = fields.map((field) => [field, readField(field, typed[field.name] ?? '', today)] as const);
  const wrong = (field: OrderField, value: string | undefined): string | undefined =>
    value === undefined ? text(`debt.ui.form.wrong-${field.kind}`) : value === '' ? undefined : field.check?.(value);
  const submit = (): void => {
    setTried(true);
    if (short || values.some(([field, value]) => wrong(field, value) !== undefined)) return;
    const given = Object.fromEntries(values.map(([{ name }, value]) => [name, value ?? '']));
    act.mutate(
      { path: props.path, options: { json: props.order(given, reason.trim()) } },
      {
        onSuccess: () => {
          toast.done(props.done);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open title={props.title} onClose={onClose}>
      <DialogForm action={props.action} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
        {props.text && <p className="t2">{props.text}</p>}
        {values.map(([field, value]) => (
          <OrderInput
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            error={tried ? wrong(field, value) : undefined}
            onChange={(next) => setTyped({ ...typed, [field.name]: next })}
          />
        ))}
        <ReasonLine value={reason} tried={tried} onChange={setReason} />
      </DialogForm>
    </Dialog>
  );
}
