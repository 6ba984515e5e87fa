'use client';
import { useAct } from '@komplat/api-client';
import {
  Button, Card, FormFailure, MIN_REASON, SelectField, TextField, toast, useCan, useMe, useRouter, useText,
} from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AccountFacts, Changed, ChangePreview, ProposalMade, Side } from '../../contract/index.ts';
import { CHANGE_KINDS, changeOf, type ChangeKind, fieldsOf, startOf, type Typed } from './change-kinds.ts';
import { FormField } from './form-field.tsx';
import { Preview } from './change-preview.tsx';

interface Draft {
  readonly kind: ChangeKind;
  readonly typed: Typed;
  readonly reason: string;
  readonly document: string;
}

const kindOf = (asked: string | null): ChangeKind => CHANGE_KINDS.find((one) => one === asked) ?? 'premises';

/** One change of the card: what, since when, why; shown before it is saved or proposed to the other side. */
export function ChangeForm({ number, facts }: { number: string; facts: AccountFacts }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const { push, search } = useRouter();
  const can = useCan();
  const [draft, setDraft] = useState<Draft>(() => {
    const kind = kindOf(search.get('kind'));
    return { kind, typed: startOf(kind, facts, today), reason: '', document: '' };
  });
  const [tried, setTried] = useState<readonly string[]>();
  const look = useAct<ChangePreview>([]);
  const preview = look.data;
  const act = useAct<Changed | ProposalMade>(['registry/', 'billing/']);
  const put = (part: Partial<Draft>): void => {
    setDraft((now) => ({ ...now, ...part }));
    look.reset();
  };
  const choose = (name: string, value: string): void => {
    if (name === 'personId' && draft.kind === 'person') put({ typed: startOf('person', facts, today, value) });
    else if (name === 'supplyId' && draft.kind === 'supply-change') put({ typed: startOf('supply-change', facts, today, value) });
    else put({ typed: { ...draft.typed, [name]: value } });
  };
  const short = draft.reason.trim().length < MIN_REASON;
  const built = changeOf(draft.kind, facts, draft.typed, today);
  const json = { version: facts.version, changes: [built], reason: draft.reason.trim(), ...(draft.document.trim() ? { document: draft.document.trim() } : {}) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(Array.isArray(built) ? built : []);
    if (!short && !Array.isArray(built)) look.mutate({ path: `registry/accounts/${number}/changes/preview`, options: { json } });
  };
  const send = (path: string, body: object, done: string): void =>
    act.mutate(
      { path: `registry/accounts/${number}/${path}`, options: { json: body } },
      {
        onSuccess: (answer) => {
          toast.done(text(done));
          push('id' in answer ? `/registry/proposals/${answer.id}` : `/registry/accounts/${number}`);
        },
      },
    );
  const sides = (['desk', 'department'] as const).filter((side) => can(`registry.proposal.${side}`));
  const maySave = can('registry.account.edit') && preview?.allowed === true;
  const propose = (side: Side): void => send('proposals', { ...json, side }, 'registry.ui.change.proposed');
  return (
    <div className="grid side" style={{ gridTemplateColumns: 'minmax(0, 420px) minmax(0, 1fr)', gap: 12 }}>
      <Card padded title={text('registry.ui.change.what')}>
        <form onSubmit={submit} noValidate>
          <SelectField
            label={text('registry.ui.change.kind')}
            options={CHANGE_KINDS.map((kind) => ({ value: kind, label: text(`registry.ui.kind.${kind}`) }))}
            value={draft.kind}
            onChange={(event) => {
              const kind = kindOf(event.target.value);
              setTried(undefined);
              put({ kind, typed: startOf(kind, facts, today) });
            }}
          />
          {fieldsOf(draft.kind, facts, draft.typed).map((field) => (
            <FormField
              key={`${draft.kind}${field.name}`}
              field={field}
              value={draft.typed[field.name] ?? ''}
              wrong={tried?.includes(field.name) ?? false}
              onChange={(value) => choose(field.name, value)}
            />
          ))}
          <TextField label={text('registry.ui.form.document')} name="document" optional value={draft.document} onChange={(event) => put({ document: event.target.value })} />
          <TextField
            label={text('ui.reason.label')}
            note={text('ui.reason.rule')}
            name="reason"
            error={tried && short ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
            value={draft.reason}
            onChange={(event) => put({ reason: event.target.value })}
          />
          <FormFailure error={look.error ?? act.error} />
          <Button type="submit" kind={preview ? 'normal' : 'primary'} busy={look.isPending} icon="search">
            {text('registry.ui.change.look')}
          </Button>
        </form>
      </Card>
      {preview && (
        <div className="stack" style={{ gap: 12 }}>
          <Preview preview={preview} />
          <div className="row">
            {maySave && (
              <Button kind="primary" icon="check" busy={act.isPending} onClick={() => send('changes', json, 'registry.ui.change.saved')}>
                {text('registry.ui.change.save', { count: preview.items.length })}
              </Button>
            )}
            {sides.map((side) => (
              <Button key={side} icon="users" busy={act.isPending} onClick={() => propose(side)}>
                {text(`registry.ui.change.propose-${side}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
