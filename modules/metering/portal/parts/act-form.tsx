'use client';
import { ApiError, useAct } from '@komplat/api-client';
import { Dialog, DialogForm, MIN_REASON, ReasonLine, SelectField, TextField, toast, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';

/** One field of a form: a text, a day, a number or a choice. */
export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'day' | 'number' | 'choice';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly optional?: boolean;
  readonly hint?: ReactNode;
  readonly initial?: string;
}
export type Values = Readonly<Record<string, string>>;
/** Rules that a person passes by confirming; the server names the rule in its refusal. */
const CONFIRMED = new Set(['metering.reading.rollover', 'metering.reading.above-most', 'metering.reading.jump']);
/** The person says with the same act that a recalculation will follow. */
const AFTER_CLOSE = 'metering.reading.month-closed';

interface FormProps {
  readonly title: string;
  readonly action: string;
  readonly done: string;
  /** Where it goes: known before, or chosen by what was typed. */
  readonly path: string | ((values: Values) => string);
  readonly fields: readonly FieldSpec[];
  readonly effect?: ReactNode;
  /** Asked first, at this path: what it would do is shown, and only then the act is sent. */
  readonly look?: { readonly path: string; readonly action: string; readonly view: (answer: unknown) => ReactNode };
  /** What is sent for the values as they were typed. */
  readonly body: (values: Values) => object;
  readonly onClose: () => void;
  readonly onDone?: (answer: unknown) => void;
  readonly children?: ReactNode;
}

function FormField(props: {
  spec: FieldSpec;
  value: string;
  wrong: boolean;
  change: (value: string) => void;
}): ReactNode {
  const { spec, value, wrong, change } = props;
  const text = useText();
  const common = {
    label: spec.label,
    ...(spec.hint === undefined ? {} : { hint: spec.hint }),
    ...(spec.optional ? { optional: true } : {}),
    error: wrong ? text('metering.ui.form.empty') : undefined,
    name: spec.name,
    value,
  };
  if (spec.kind === 'choice')
    return <SelectField {...common} options={spec.options ?? []} onChange={(event) => change(event.target.value)} />;
  return (
    <TextField
      {...common}
      type={spec.kind === 'day' ? 'date' : 'text'}
      numeric={spec.kind === 'number'}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function useSend({
  path,
  body,
  done,
  onClose,
  onDone,
}: Pick<FormProps, 'path' | 'body' | 'done' | 'onClose' | 'onDone'>): {
  send: (values: Values) => void;
  busy: boolean;
  error: unknown;
  asks: boolean;
} {
  const act = useAct<unknown>(['metering/', 'administration/', 'billing/']);
  const [passed, setPassed] = useState<{ confirm: readonly string[]; afterClose: boolean }>({
    confirm: [],
    afterClose: false,
  });
  const code = act.error instanceof ApiError ? act.error.code : '';
  const rule = act.error instanceof ApiError ? act.error.params['rule'] : undefined;
  const asks = CONFIRMED.has(code) || code === AFTER_CLOSE;
  const send = (values: Values): void => {
    const next = {
      confirm:
        CONFIRMED.has(code) && typeof rule === 'string' ? [...new Set([...passed.confirm, rule])] : passed.confirm,
      afterClose: passed.afterClose || code === AFTER_CLOSE,
    };
    setPassed(next);
    const json = {
      ...body(values),
      ...(next.confirm.length > 0 ? { confirm: next.confirm } : {}),
      ...(next.afterClose ? { afterClose: true } : {}),
    };
    act.mutate(
      { path: typeof path === 'string' ? path : path(values), options: { json } },
      {
        onSuccess: (answer) => {
          toast.done(done);
          onDone?.(answer);
          onClose();
        },
      },
    );
  };
  return { send, busy: act.isPending, error: act.error, asks };
}

/** A window with a form of one act: what is missing is told on submit, a rule of the server is confirmed in place. */
export function ActForm(props: FormProps): ReactNode {
  const { title, action, fields, effect, onClose, children } = props;
  const text = useText();
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial])),
  );
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { send, busy, error, asks } = useSend(props);
  const seen = useAct<unknown>([]);
  const looks = props.look !== undefined && seen.data === undefined;
  const missing = fields.filter(({ name, optional }) => !optional && !values[name]?.trim()).map(({ name }) => name);
  const short = reason.trim().length < MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (missing.length > 0 || short || busy) return;
    const typed = { ...values, reason: reason.trim() };
    if (looks) seen.mutate({ path: props.look?.path ?? '', options: { json: props.body(typed) } });
    else send(typed);
  };
  return (
    <Dialog open title={title} onClose={onClose}>
      <DialogForm
        action={asks ? text('metering.ui.form.confirm') : looks ? (props.look?.action ?? action) : action}
        busy={busy || seen.isPending}
        quick
        keys={['Ctrl+Enter']}
        error={seen.error ?? error}
        onSubmit={submit}
        onClose={onClose}
      >
        {effect && <div>{effect}</div>}
        {fields.map((spec) => (
          <FormField
            key={spec.name}
            spec={spec}
            value={values[spec.name] ?? ''}
            wrong={tried && missing.includes(spec.name)}
            change={(value) => {
              if (props.look) seen.reset();
              setValues((now) => ({ ...now, [spec.name]: value }));
            }}
          />
        ))}
        {props.look !== undefined && seen.data !== undefined && props.look.view(seen.data)}
        {children}
        <ReasonLine
          value={reason}
          tried={tried}
          hint={text('ui.reason.seen', { min: MIN_REASON })}
          onChange={setReason}
        />
      </DialogForm>
    </Dialog>
  );
}

/** `12,5` as people type it is `12.5` for the server. */
export const decimal = (typed: string | undefined): string =>
  (typed ?? '').trim().replace(',', '.').replaceAll(/\s/g, '');
/** Sent only when it was typed. */
export const typed = (name: string, value: string | undefined): object =>
  value?.trim() ? { [name]: value.trim() } : {};
