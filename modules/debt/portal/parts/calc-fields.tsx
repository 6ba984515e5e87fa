'use client';
import { Button, Field, IconButton, SelectField, TextField, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CalcField } from '../../contract/calculators.schema.ts';
import { type CalcValue, type CalcValues, isGroup, isRows, valuesOf } from '../../domain/calc-values.ts';
import { fieldWord, optionWord } from './words.ts';

interface FieldProps {
  readonly field: CalcField;
  readonly value: CalcValue | undefined;
  readonly path: string;
  readonly wrong: readonly string[];
  readonly onChange: (value: CalcValue) => void;
}
const TYPES: Readonly<Partial<Record<CalcField['kind'], string>>> = { day: 'date', month: 'month' };
const asText = (value: CalcValue | undefined): string => (typeof value === 'string' ? value : '');

function Line({ field, value, path, wrong, onChange }: FieldProps): ReactNode {
  const text = useText();
  const numeric = field.kind === 'money' || field.kind === 'number';
  return (
    <TextField
      label={fieldWord(text, field.name)}
      optional={!field.required}
      type={TYPES[field.kind] ?? 'text'}
      numeric={numeric}
      value={asText(value)}
      error={wrong.includes(path) ? text('debt.ui.calculators.wrong-json') : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Choice({ field, value, onChange }: FieldProps): ReactNode {
  const text = useText();
  const options = (field.options ?? []).map((each) => ({ value: each, label: optionWord(text, each) }));
  return (
    <SelectField
      label={fieldWord(text, field.name)}
      optional={!field.required}
      value={asText(value)}
      options={field.required ? options : [{ value: '', label: text('debt.ui.calculators.not-given') }, ...options]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Flag({ field, value, onChange }: FieldProps): ReactNode {
  const text = useText();
  return (
    <Field label={fieldWord(text, field.name)}>
      {({ id, describedBy }) => (
        <input
          id={id}
          type="checkbox"
          aria-describedby={describedBy}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
    </Field>
  );
}

function Rows({ field, value, path, wrong, onChange }: FieldProps): ReactNode {
  const text = useText();
  const rows = isRows(value) ? value : [];
  const fields = field.fields ?? [];
  const put = (index: number, row: CalcValues): void => onChange(rows.map((each, place) => (place === index ? row : each)));
  return (
    <fieldset className="stack s">
      <legend className="mut">{fieldWord(text, field.name)}</legend>
      {rows.map((row, index) => (
        <div key={index} className="row">
          {fields.map((column) => (
            <FieldOf
              key={column.name}
              field={column}
              value={row[column.name]}
              path={`${path}.${index}.${column.name}`}
              wrong={wrong}
              onChange={(next) => put(index, { ...row, [column.name]: next })}
            />
          ))}
          <IconButton
            icon="close"
            label={text('debt.ui.calculators.remove-row', { row: index + 1 })}
            onClick={() => onChange(rows.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => onChange([...rows, valuesOf(fields, rows.at(-1))])}>
          {text('debt.ui.calculators.add-row')}
        </Button>
      </div>
    </fieldset>
  );
}

function Group({ field, value, path, wrong, onChange }: FieldProps): ReactNode {
  const text = useText();
  const values = isGroup(value) ? value : {};
  return (
    <details>
      <summary>{fieldWord(text, field.name)}</summary>
      <div className="stack s">
        <CalcFields fields={field.fields ?? []} values={values} path={`${path}.`} wrong={wrong} onChange={onChange} />
      </div>
    </details>
  );
}

function FieldOf(props: FieldProps): ReactNode {
  switch (props.field.kind) {
    case 'fixed':
      return null;
    case 'group':
      return <Group {...props} />;
    case 'rows':
      return <Rows {...props} />;
    case 'flag':
      return <Flag {...props} />;
    case 'choice':
      return <Choice {...props} />;
    default:
      return <Line {...props} />;
  }
}

/** The fields of a calculator in the order of its schema. */
export function CalcFields(props: {
  fields: readonly CalcField[];
  values: CalcValues;
  path: string;
  wrong: readonly string[];
  onChange: (values: CalcValues) => void;
}): ReactNode {
  const { fields, values, path, wrong, onChange } = props;
  return fields.map((field) => (
    <FieldOf
      key={field.name}
      field={field}
      value={values[field.name]}
      path={`${path}${field.name}`}
      wrong={wrong}
      onChange={(next) => onChange({ ...values, [field.name]: next })}
    />
  ));
}
