'use client';
import { useAct } from '@komplat/api-client';
import { Button, Dialog, formatDay, FormFailure, MIN_REASON, parseDay, SelectField, TextField, toast, useMe, useText } from '@komplat/ui';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { OWN_HOLDS } from '../../contract/index.ts';

type Typed = Readonly<Record<'kind' | 'from' | 'until' | 'reason', string>>;

/** A person leaves the debt of an account alone for a time: why and until when. */
export function HoldDialog({ account, onClose }: { account: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const act = useAct<unknown>(['debt/']);
  const key = useRef(crypto.randomUUID());
  const [typed, setTyped] = useState<Typed>({ kind: 'promise', from: formatDay(today), until: '', reason: '' });
  const [tried, setTried] = useState(false);
  const [from, until] = [parseDay(typed.from, today), parseDay(typed.until, today)];
  const short = typed.reason.trim().length < MIN_REASON;
  const put = (name: keyof Typed) => (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!from || !until || short) return;
    const json = { account, kind: typed.kind, from, until, reason: typed.reason.trim() };
    act.mutate(
      { path: 'debt/holds', options: { json, idempotencyKey: key.current } },
      {
        onSuccess: () => {
          toast.done(text('debt.ui.card.hold-done'), text(`debt.ui.hold.${typed.kind}`));
          onClose();
        },
      },
    );
  };
  const wrongDay = (day: string | undefined): string | undefined => (tried && !day ? text('debt.ui.card.day-wrong') : undefined);
  return (
    <Dialog open title={text('debt.ui.card.hold-title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="b">
          <SelectField
            label={text('debt.ui.card.hold-kind')}
            value={typed.kind}
            options={OWN_HOLDS.map((value) => ({ value, label: text(`debt.ui.hold.${value}`) }))}
            onChange={put('kind')}
          />
          <TextField label={text('debt.ui.card.hold-from')} value={typed.from} error={wrongDay(from)} onChange={put('from')} />
          <TextField label={text('debt.ui.card.hold-until')} value={typed.until} placeholder="31.12.2026" error={wrongDay(until)} onChange={put('until')} />
          <TextField
            label={text('ui.reason.label')}
            note={text('ui.reason.rule')}
            value={typed.reason}
            error={tried && short ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
            onChange={put('reason')}
          />
          <FormFailure error={act.error} />
        </div>
        <footer>
          <Button onClick={onClose} keys={['Esc']}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending}>
            {text('debt.ui.card.hold')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
