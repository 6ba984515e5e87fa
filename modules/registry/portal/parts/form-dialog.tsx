'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, FormFailure, MIN_REASON, TextField, toast, useMe, useStandstill, useText } from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
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
  const text = useText();
  const { today } = useMe();
  const still = useStandstill();
  const act = useAct<T>(['registry/']);
  const [typed, setTyped] = useState<Typed>(props.start);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const fields = props.fields(typed);
  const { values, missing } = readTyped(fields, typed, today);
  const reason = (typed['reason'] ?? '').trim();
  const put = (name: string, value: string): void => {
    setKey(crypto.randomUUID());
    setTyped((now) => ({ ...now, [name]: value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0 || reason.length < MIN_REASON) return;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    const onSuccess = (answer: T): void => {
      toast.done(props.done);
      props.onClose();
      props.onDone?.(answer);
    };
    act.mutate({ path: props.path, options: { json: { ...props.body(given), reason }, idempotencyKey: key } }, { onSuccess });
  };
  return (
    <Dialog open title={props.title} onClose={props.onClose}>
      <form onSubmit={submit} noValidate>
        <div className="b">
          {fields.map((field) => (
            <FormField
              key={field.name}
              field={field}
              value={typed[field.name] ?? ''}
              wrong={tried && missing.includes(field.name)}
              onChange={(value) => put(field.name, value)}
            />
          ))}
          <TextField
            label={text('ui.reason.label')}
            note={text('ui.reason.rule')}
            name="reason"
            error={tried && reason.length < MIN_REASON ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
            value={typed['reason'] ?? ''}
            onChange={(event) => put('reason', event.target.value)}
          />
          <FormFailure error={act.error} />
        </div>
        <footer>
          <Button onClick={props.onClose} keys={['Esc']}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending} why={still}>
            {props.action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
