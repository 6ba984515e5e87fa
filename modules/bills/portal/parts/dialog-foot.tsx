'use client';
import { Button, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** The foot of a dialog with a form: leave, or send. */
export function DialogFoot({ submit, busy, onClose }: { submit: string; busy: boolean; onClose: () => void }): ReactNode {
  const text = useText();
  return (
    <footer>
      <Button onClick={onClose} keys={['Esc']}>
        {text('ui.cancel')}
      </Button>
      <Button type="submit" kind="primary" busy={busy}>
        {submit}
      </Button>
    </footer>
  );
}
