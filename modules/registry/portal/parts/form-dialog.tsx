'use client';
import { useAct } from '@komplat/api-client';
import { Dialog, DialogForm, MIN_REASON, ReasonLine, toast, useMe, useStandstill } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { type FieldDef, readTyped, type Typed } from './change-kinds.ts';
import { FormField } from './form-field.tsx';

/** A window with the form of one act: fields by definition, the reason, and what the server refuses. */
export function FormDialog<T>(props: {
  title: string;
  action: string;
  done: string;
  path: string;
  /** Fields as they stand for what is typed so far: a choice may bring others. */
  fields: (typed: Typed) => readonly FieldDef[];
  start: Typed;
  body: (values: Readonly<Record<string, string>>) => object;
  onClose: () => void;
  onDone?: (answer: T) => void;
}): ReactNode {
  const { today } = useMe();
  const still = useStandstill();
  const act = useAct<T>(['registry/']);
  const [typed, setTyped] = useState<Typed>(props.start);
  const [tried, setTried] = useState(false);
  const fields = props.fields(typed);
  const { values, missing } = readTyped(fields, typed, today);
  const reason = (typed['reason'] ?? '').trim();
  const put = (name: string, value: string): void => setTyped((now) => ({ ...now, [name]: value }));
  const submit = (): void => {
    setTried(true);
    if (missing.length > 0 || reason.length < MIN_REASON) return;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    const onSuccess = (answer: T): void => {
      toast.done(props.done);
      props.onClose();
      props.onDone?.(answer);
    };
    act.mutate({ path: props.path, options: { json: { ...props.body(given), reason } } }, { onSuccess });
  };
  return (
    <Dialog open title={props.title} onClose={props.onClose}>
      <DialogForm
        action={props.action}
        busy={act.isPending}
        why={still}
        error={act.error}
        onSubmit={submit}
        onClose={props.onClose}
      >
        {fields.map((field) => (
          <FormField
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            wrong={tried && missing.includes(field.name)}
            onChange={(value) => put(field.name, value)}
          />
        ))}
        <ReasonLine value={typed['reason'] ?? ''} tried={tried} onChange={(value) => put('reason', value)} />
      </DialogForm>
    </Dialog>
  );
}
