'use client';
import { formatDay, SelectField, TextField, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { type FieldDef, NEW, NO_GROUP } from './change-kinds.ts';
import { useGroupWord } from './group-word.ts';

/** One field of a form by its definition: a text, a number, a day as people write it, or a choice. */
export function FormField(props: { field: FieldDef; value: string; wrong: boolean; onChange: (value: string) => void }): ReactNode {
  const { field, value, wrong, onChange } = props;
  const text = useText();
  const groupOf = useGroupWord();
  const label = text(`registry.ui.form.${field.name}`);
  const error = wrong ? text(field.type === 'day' ? 'registry.ui.form.day-wrong' : 'registry.ui.form.empty') : undefined;
  if (field.type === 'select') {
    const wordOf = (option: string): string => {
      if (option === NEW) return text('registry.ui.form.new-person');
      if (field.groups && option !== NO_GROUP) return groupOf(option);
      return field.labels?.get(option) ?? text(`registry.ui.choice.${field.name}.${option}`);
    };
    const options = (field.options ?? []).map((option) => ({ value: option, label: wordOf(option) }));
    return <SelectField label={label} name={field.name} error={error} options={options} value={value || (options[0]?.value ?? '')} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <TextField
      label={label}
      name={field.name}
      optional={field.optional ?? false}
      numeric={field.type === 'number'}
      placeholder={field.type === 'day' ? formatDay('2026-11-23') : undefined}
      error={error}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
