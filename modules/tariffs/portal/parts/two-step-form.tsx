'use client';
import { useAct } from '@komplat/api-client';
import { Dialog, DialogForm, MIN_REASON, SelectField, TextField, toast, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { VersionAsked } from '../../contract/index.ts';

export interface StepField {
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'day' | 'number';
  readonly optional?: boolean;
  readonly note?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}
export type Draft = Readonly<Record<string, string>>;

function FormField(props: { field: StepField; value: string; wrong: boolean; change: (value: string) => void }): ReactNode {
  const { field, value, wrong, change } = props;
  const text = useText();
  const { name, label, kind, optional = false, note, options } = field;
  const error = wrong ? text(name === 'reason' ? 'ui.reason.short' : 'tariffs.ui.form.empty', { min: MIN_REASON }) : undefined;
  const common = { name, label, note, value, error };
  if (options) return <SelectField {...common} options={options} onChange={(event) => change(event.target.value)} />;
  return (
    <TextField
      {...common}
      type={kind === 'day' ? 'date' : 'text'}
      numeric={kind === 'number'}
      optional={optional}
      onChange={(event) => change(event.target.value)}
    />
  );
}

/** A form whose effect is looked at first and then asked of a second person; whatever is changed must be looked at again. */
export function TwoStepForm<L>(props: {
  title: string;
  /** Path of the request; `/look` behind it answers the effect. */
  path: string;
  see: string;
  asked: string;
  fields: readonly StepField[];
  body: (draft: Draft) => object;
  look: (look: L) => ReactNode;
  onClose: () => void;
}): ReactNode {
  const text = useText();
  const still = useStandstill();
  const look = useAct<L>([]);
  const ask = useAct<VersionAsked>(['tariffs/', 'administration/']);
  const fields = [...props.fields, { name: 'reason', label: text('ui.reason.label'), note: text('ui.reason.rule') }];
  const [draft, setDraft] = useState<Draft>(() => Object.fromEntries(props.fields.map(({ name, options }) => [name, options?.[0]?.value ?? ''])));
  const [tried, setTried] = useState(false);
  const typed = (name: string): string => (draft[name] ?? '').trim();
  const wrong = fields.filter(({ name, optional }: StepField) => !optional && typed(name).length < (name === 'reason' ? MIN_REASON : 1)).map(({ name }) => name);
  const submit = (): void => {
    setTried(true);
    if (wrong.length > 0) return;
    const json = { ...props.body(draft), reason: typed('reason') };
    if (!look.data) return look.mutate({ path: `${props.path}/look`, options: { json } });
    const onSuccess = (): void => {
      toast.done(props.asked);
      props.onClose();
    };
    ask.mutate({ path: props.path, options: { json } }, { onSuccess });
  };
  return (
    <Dialog open title={props.title} onClose={props.onClose}>
      <DialogForm
        action={look.data ? text('tariffs.ui.form.ask') : props.see}
        busy={look.isPending || ask.isPending}
        why={still}
        error={look.error ?? ask.error}
        onSubmit={submit}
        onClose={props.onClose}
      >
        {fields.map((field) => (
          <FormField
            key={field.name}
            field={field}
            value={draft[field.name] ?? ''}
            wrong={tried && wrong.includes(field.name)}
            change={(value) => {
              look.reset();
              setDraft((now) => ({ ...now, [field.name]: value }));
            }}
          />
        ))}
        {look.data && props.look(look.data)}
      </DialogForm>
    </Dialog>
  );
}
