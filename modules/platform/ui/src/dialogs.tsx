'use client';
import { Dialog as Radix } from 'radix-ui';
import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button, type ButtonKind } from './basics.tsx';
import { DialogForm, FormFailure, MIN_REASON } from './dialog-form.tsx';
import { useText } from './text.tsx';

/** A window above the page. Focus starts inside and returns to where it was. */
export function Dialog(props: {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  initialFocus?: () => HTMLElement | null;
}): ReactNode {
  const { open, title, onClose, children, initialFocus } = props;
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim top" />
        <Radix.Content
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            const target = initialFocus?.();
            if (!target) return;
            event.preventDefault();
            target.focus();
          }}
        >
          <header>
            <Radix.Title className="text-md font-semibold">{title}</Radix.Title>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The field for a reason with its rule and, after a try, its mistake. */
function ReasonField(props: {
  value: string;
  onChange: (value: string) => void;
  wrong: boolean;
  fieldRef: React.RefObject<HTMLTextAreaElement | null>;
  required: boolean;
  label: string | undefined;
}): ReactNode {
  const text = useText();
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>
        {props.label ?? text('ui.reason.label')} <i>{text(props.required ? 'ui.reason.rule' : 'ui.optional')}</i>
      </label>
      <textarea
        id={id}
        ref={props.fieldRef}
        className="input"
        value={props.value}
        aria-invalid={props.wrong || undefined}
        aria-describedby={`${id}-e`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <div id={`${id}-e`} className={props.wrong ? 'errm' : 'hint'}>
        {text(props.wrong ? 'ui.reason.short' : 'ui.reason.seen', { min: MIN_REASON })}
      </div>
    </div>
  );
}

/** Asks why. The reason is written into the audit; the sentence under the field says so. */
export function ReasonDialog(props: {
  open: boolean;
  title: ReactNode;
  effect?: ReactNode;
  action: string;
  kind?: ButtonKind;
  required?: boolean;
  label?: string;
  busy?: boolean;
  error?: unknown;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const required = props.required ?? true;
  const short = required && reason.trim().length < MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (short) field.current?.focus();
    else props.onSubmit(reason.trim());
  };
  return (
    <Dialog open={props.open} title={props.title} onClose={props.onClose} initialFocus={() => field.current}>
      <DialogForm
        quick
        label={typeof props.title === 'string' ? props.title : undefined}
        action={props.action}
        kind={props.kind ?? 'primary'}
        busy={props.busy ?? false}
        error={props.error}
        onSubmit={submit}
        onClose={props.onClose}
      >
        {props.effect && <div>{props.effect}</div>}
        <ReasonField
          value={reason}
          onChange={setReason}
          wrong={tried && short}
          fieldRef={field}
          required={required}
          label={props.label}
        />
      </DialogForm>
    </Dialog>
  );
}

function TypedField(props: {
  wanted: string;
  value: string;
  wrong: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  const text = useText();
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>{text('ui.confirm.type', { value: props.wanted })}</label>
      <input
        id={id}
        className="input"
        style={{ width: 160 }}
        value={props.value}
        autoComplete="off"
        aria-invalid={props.wrong || undefined}
        aria-describedby={`${id}-e`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <div id={`${id}-e`} className={props.wrong ? 'errm' : 'hint'}>
        {props.wrong ? text('ui.confirm.other', { value: props.wanted }) : ''}
      </div>
    </div>
  );
}

/** Confirms an act that is hard to undo: effect in numbers, reason, typed count; focus starts on Cancel. */
export function ConfirmDestructive(props: {
  open: boolean;
  title: ReactNode;
  effect: ReactNode;
  typed: string;
  action: string;
  busy?: boolean;
  error?: unknown;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}): ReactNode {
  const text = useText();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const cancel = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const short = reason.trim().length < MIN_REASON;
  const other = typed.replace(/\s/g, '') !== props.typed;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!short && !other) props.onSubmit(reason.trim());
  };
  return (
    <Dialog
      open={props.open}
      title={props.title}
      onClose={props.onClose}
      initialFocus={() => cancel.current?.querySelector('button') ?? null}
    >
      <form onSubmit={submit}>
        <div className="b">
          <div>{props.effect}</div>
          <ReasonField
            value={reason}
            onChange={setReason}
            wrong={tried && short}
            fieldRef={field}
            required
            label={undefined}
          />
          <TypedField wanted={props.typed} value={typed} wrong={tried && other} onChange={setTyped} />
          <FormFailure error={props.error} />
        </div>
        <footer>
          <div ref={cancel}>
            <Button onClick={props.onClose} keys={['Esc']}>
              {text('ui.cancel')}
            </Button>
          </div>
          <Button type="submit" kind="danger-solid" busy={props.busy ?? false}>
            {props.action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
