'use client';
import { Button, Dialog, FormFailure, useText } from '@komplat/ui';
import type { FormEvent, ReactNode } from 'react';

/** A form in a dialog: its fields, why it was refused, cancel and one act. */
export function FormDialog(props: {
  title: string;
  action: string;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  const text = useText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog open title={props.title} onClose={props.onClose}>
      <form onSubmit={submit} noValidate aria-label={props.title}>
        <div className="b">
          {props.children}
          <FormFailure error={props.error} />
        </div>
        <footer>
          <Button onClick={props.onClose} keys={['Esc']}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={props.busy}>
            {props.action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
