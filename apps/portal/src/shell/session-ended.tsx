'use client';
import type { Session } from '@komplat/api-client';
import { Button, useText } from '@komplat/ui';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';

/** The sign-in ended under an open page: sign in again in a window of its own, nothing typed is lost. */
export function SessionEnded({ session }: { session: Session }): ReactNode {
  const text = useText();
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim session" />
        <Dialog.Content
          className="dialog session"
          data-session-ended
          onEscapeKeyDown={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <header>
            <Dialog.Title className="text-md font-semibold">{text('portal.session.ended')}</Dialog.Title>
          </header>
          <Dialog.Description className="b">{text('portal.session.kept')}</Dialog.Description>
          <footer>
            <Button onClick={() => void session.signOut()}>{text('portal.user.sign-out')}</Button>
            <Button kind="primary" icon="sign-in" id="sign-in-again" onClick={() => void session.signInAgain()}>
              {text('portal.session.again')}
            </Button>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
