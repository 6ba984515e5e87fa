'use client';
import { ApiError, useAct, useApi } from '@komplat/api-client';
import {
  Button,
  Dialog,
  DialogForm,
  formatInstant,
  MIN_REASON,
  StaleChoice,
  TextField,
  toast,
  useClosedReason,
  usePersonName,
  useSides,
  useText,
  type Side,
  type StaleField,
} from '@komplat/ui';
import { useRef, useState, type ReactNode } from 'react';
import type { AccountView } from '../../contract/index.ts';

interface Draft {
  readonly phone: string;
  readonly email: string;
  readonly reason: string;
}
/** The card as somebody else left it while this form was open. */
interface Stale {
  readonly account: AccountView;
  readonly who: string;
  readonly at: string;
}

const FIELDS = ['phone', 'email'] as const;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether the person wrote something else than what the form showed when it was opened. */
const touched = (draft: Draft, shown: AccountView, key: (typeof FIELDS)[number]): boolean =>
  key === 'phone' ? draft.phone.trim() !== '' : draft.email.trim() !== (shown.holder.email ?? '');

/** Fields that both changed: what was not touched here stays as the other person left it. */
function differences(
  draft: Draft,
  shown: AccountView,
  theirs: AccountView,
  labels: (key: string) => string,
): readonly StaleField[] {
  return FIELDS.filter((key) => touched(draft, shown, key))
    .map((key) => ({ key, label: labels(key), mine: draft[key].trim(), theirs: theirs.holder[key] ?? '' }))
    .filter(({ mine, theirs: other }) => mine !== other);
}

/** Reads the card anew after a refusal, so that the person can choose between both versions. */
function useStale(number: string): [Stale | undefined, (error: unknown) => Promise<void>] {
  const api = useApi();
  const [stale, setStale] = useState<Stale>();
  const look = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiError) || error.code !== 'registry.account.changed') return;
    const account = await api.call<AccountView>(`registry/accounts/${number}`);
    setStale({ account, who: textOf(error.params['by']), at: textOf(error.params['at']) });
  };
  return [stale, look];
}

/** What is sent: the typed values, except where the person keeps the recorded ones. */
function patchOf(draft: Draft, shown: AccountView, version: number, sideOf: (key: string) => Side): object {
  const mine = (key: (typeof FIELDS)[number]): boolean => touched(draft, shown, key) && sideOf(key) === 'mine';
  return {
    version,
    ...(mine('phone') ? { phone: draft.phone.trim() } : {}),
    ...(mine('email') ? { email: draft.email.trim() || null } : {}),
    reason: draft.reason.trim(),
  };
}

function ContactFields(props: {
  account: AccountView;
  draft: Draft;
  shortReason: boolean;
  change: (part: Partial<Draft>) => void;
}): ReactNode {
  const { account, draft, change } = props;
  const text = useText();
  const { phone } = account.holder;
  return (
    <>
      <TextField
        label={text('registry.ui.contacts.phone')}
        optional
        name="phone"
        inputMode="tel"
        hint={phone ? text('registry.ui.contacts.phone-now', { phone }) : undefined}
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
        error={props.shortReason ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </>
  );
}

function ContactForm({ account, onClose }: { account: AccountView; onClose: () => void }): ReactNode {
  const text = useText();
  const nameOf = usePersonName();
  const [shown] = useState(account); // fresh data behind the form must not change what it is compared with
  const [draft, setDraft] = useState<Draft>({ phone: '', email: account.holder.email ?? '', reason: '' });
  const [tried, setTried] = useState(false);
  const [stale, look] = useStale(account.number);
  const [sideOf, choose] = useSides();
  const act = useAct<unknown>(['registry/accounts']);
  const short = draft.reason.trim().length < MIN_REASON;
  const base = stale?.account ?? shown;
  const submit = (): void => {
    setTried(true);
    if (short) return;
    const options = {
      method: 'PATCH' as const,
      json: patchOf(draft, shown, base.version, sideOf),
      ifMatch: base.version,
    };
    act.mutate(
      { path: `registry/accounts/${account.number}/contacts`, options },
      {
        onSuccess: () => {
          toast.done(text('registry.ui.contacts.saved'));
          onClose();
        },
        onError: (error) => void look(error),
      },
    );
  };
  const isStale = stale !== undefined && !act.isPending;
  return (
    <DialogForm
      action={text(isStale ? 'ui.stale.save' : 'registry.ui.contacts.save')}
      busy={act.isPending}
      error={isStale ? undefined : act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {stale && (
        <StaleChoice
          who={stale.who ? nameOf(stale.who) : text('ui.stale.somebody')}
          at={stale.at ? formatInstant(stale.at) : ''}
          fields={differences(draft, shown, stale.account, (key) => text(`registry.ui.contacts.${key}`))}
          sideOf={sideOf}
          onChoose={choose}
        />
      )}
      <ContactFields
        account={base}
        draft={draft}
        shortReason={tried && short}
        change={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
    </DialogForm>
  );
}

/** Opens the form of contacts: phone and e-mail of the holder, with the reason of the change. */
export function ContactsButton({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  const [open, setOpen] = useState(false);
  const closed = useClosedReason();
  const button = useRef<HTMLDivElement>(null);
  return (
    <div ref={button}>
      <Button icon="phone" why={closed} onClick={() => setOpen(true)} id="contacts">
        {text('registry.ui.contacts.change')}
      </Button>
      <Dialog open={open} title={text('registry.ui.contacts.title')} onClose={() => setOpen(false)}>
        <ContactForm account={account} onClose={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}
