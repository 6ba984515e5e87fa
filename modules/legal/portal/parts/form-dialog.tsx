'use client';
import { Dialog, DialogForm } from '@komplat/ui';
import type { ReactNode } from 'react';

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
  const { title, ...form } = props;
  return (
    <Dialog open title={title} onClose={form.onClose}>
      <DialogForm label={title} {...form} />
    </Dialog>
  );
}
