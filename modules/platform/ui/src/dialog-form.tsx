'use client';
import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './basics.tsx';
import { TextField } from './forms.tsx';
import { Icon } from './icons.tsx';
import { useErrorText } from './states.tsx';
import { useText } from './text.tsx';

/** A reason shorter than this explains nothing to the reader of the audit. */
export const MIN_REASON = 10;

/** Why a form was not accepted, beside its buttons. */
export function FormFailure({ error }: { error: unknown }): ReactNode {
  const sentence = useErrorText();
  if (!error) return null;
  return (
    <div className="errm" role="alert">
      <Icon name="failed" size={13} />
      {sentence(error)}
    </div>
  );
}

/** A form inside a window: its fields, why it was not accepted, cancel and one act. */
export function DialogForm(
  props: Pick<ButtonProps, 'kind' | 'busy' | 'why' | 'icon' | 'keys'> & {
    action: string;
    label?: string | undefined;
    error?: unknown;
    /** Ctrl+Enter sends it too. */
    quick?: boolean;
    onSubmit: () => void;
    onClose: () => void;
    children: ReactNode;
  },
): ReactNode {
  const { action, label, error, quick = false, onSubmit, onClose, children, kind = 'primary', busy = false, ...button } = props;
  const text = useText();
  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={quick ? (event) => event.ctrlKey && event.key === 'Enter' && onSubmit() : undefined}
    >
      <div className="b">
        {children}
        <FormFailure error={error} />
      </div>
      <footer>
        <Button onClick={onClose} keys={['Esc']}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" kind={kind} busy={busy} {...button}>
          {action}
        </Button>
      </footer>
    </form>
  );
}

/** The reason of an act in one line, with its rule and, after a try, its mistake. */
export function ReasonLine(props: {
  value: string;
  tried: boolean;
  onChange: (value: string) => void;
  /** The fewest characters; `MIN_REASON` when not said. */
  min?: number;
  hint?: string;
}): ReactNode {
  const text = useText();
  const { min = MIN_REASON } = props;
  const short = props.value.trim().length < min;
  return (
    <TextField
      label={text('ui.reason.label')}
      note={text('ui.reason.rule')}
      name="reason"
      hint={props.hint}
      value={props.value}
      error={props.tried && short ? text('ui.reason.short', { min }) : undefined}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
