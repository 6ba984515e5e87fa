'use client';
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import { Icon } from './icons.tsx';
import { useText } from './text.tsx';

/** A field with its label above, its hint below and its mistake tied to it. */
export function Field(props: {
  label: ReactNode;
  note?: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (ids: { id: string; describedBy: string; invalid: boolean }) => ReactNode;
}): ReactNode {
  const text = useText();
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>
        {props.label} {(props.note ?? props.optional) && <i>{props.note ?? text('ui.optional')}</i>}
      </label>
      {props.children({ id, describedBy: `${id}-m`, invalid: Boolean(props.error) })}
      <div id={`${id}-m`}>
        {props.error ? (
          <span className="errm">
            <Icon name="failed" size={13} />
            {props.error}
          </span>
        ) : (
          props.hint && <span className="hint">{props.hint}</span>
        )}
      </div>
    </div>
  );
}

interface FieldFace {
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
}

/** A one-line field. Numbers select themselves on focus. */
export function TextField(props: FieldFace & InputHTMLAttributes<HTMLInputElement> & { numeric?: boolean }): ReactNode {
  const { label, note, hint, error, optional, numeric, className = '', ...rest } = props;
  return (
    <Field label={label} note={note} hint={hint} error={error} optional={optional ?? false}>
      {({ id, describedBy, invalid }) => (
        <input
          autoComplete="off"
          inputMode={numeric ? 'decimal' : undefined}
          onFocus={numeric ? (event) => event.target.select() : undefined}
          {...rest}
          id={id}
          className={`input ${numeric ? 'r' : ''} ${className}`}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
        />
      )}
    </Field>
  );
}

/** A choice of one of a few. */
export function SelectField(
  props: FieldFace & SelectHTMLAttributes<HTMLSelectElement> & { options: readonly { value: string; label: string }[] },
): ReactNode {
  const { label, note, hint, error, optional, options, className = '', ...rest } = props;
  return (
    <Field label={label} note={note} hint={hint} error={error} optional={optional ?? false}>
      {({ id, describedBy, invalid }) => (
        <select
          {...rest}
          id={id}
          className={`input ${className}`}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
