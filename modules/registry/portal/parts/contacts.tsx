'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, FormFailure, TextField, toast, useText, MIN_REASON } from '@komplat/ui';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { AccountView } from '../../contract/index.ts';

interface Draft {
  readonly phone: string;
  readonly email: string;
  readonly reason: string;
}

function ContactForm({ account, onClose }: { account: AccountView; onClose: () => void }): ReactNode {
  const text = useText();
  const [draft, setDraft] = useState<Draft>({ phone: '', email: account.holder.email ?? '', reason: '' });
  const [tried, setTried] = useState(false);
  const act = useAct<unknown>(['registry/accounts']);
  const short = draft.reason.trim().length < MIN_REASON;
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (short) return;
    const json = {
      version: account.version,
      ...(draft.phone.trim() ? { phone: draft.phone.trim() } : {}),
      email: draft.email.trim() || null,
      reason: draft.reason.trim(),
    };
    act.mutate(
      {
        path: `registry/accounts/${account.number}/contacts`,
        options: { method: 'PATCH', json, ifMatch: account.version },
      },
      {
        onSuccess: () => {
          toast.done(text('registry.ui.contacts.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="b">
        <TextField
          label={text('registry.ui.contacts.phone')}
          optional
          name="phone"
          inputMode="tel"
          hint={
            account.holder.phone ? text('registry.ui.contacts.phone-now', { phone: account.holder.phone }) : undefined
          }
          value={draft.phone}
          onChange={(event) => change({ phone: event.target.value })}
        />
        <TextField
          label={text('registry.ui.contacts.email')}
          optional
          name="email"
          value={draft.email}
          onChange={(event) => change({ email: event.target.value })}
        />
        <TextField
          label={text('ui.reason.label')}
          note={text('ui.reason.rule')}
          name="reason"
          hint={text('ui.reason.seen', { min: MIN_REASON })}
          error={tried && short ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
        />
        <FormFailure error={act.error} />
      </div>
      <footer>
        <Button onClick={onClose} keys={['Esc']}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" kind="primary" busy={act.isPending}>
          {text('registry.ui.contacts.save')}
        </Button>
      </footer>
    </form>
  );
}

/** Opens the form of contacts: phone and e-mail of the holder, with the reason of the change. */
export function ContactsButton({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  return (
    <div ref={button}>
      <Button icon="phone" onClick={() => setOpen(true)} id="contacts">
        {text('registry.ui.contacts.change')}
      </Button>
      <Dialog open={open} title={text('registry.ui.contacts.title')} onClose={() => setOpen(false)}>
        <ContactForm account={account} onClose={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}
