'use client';
import { useAct, useRead } from '@komplat/api-client';
import { Button, Dialog, Field, formatDay, Frame, MIN_REASON, Tag, TextField, toast, useCan, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { SigningKey, SigningKeys } from '../../contract/index.ts';
import { FormDialog } from './form-dialog.tsx';

const FILES = ['certificate', 'key'] as const;
const TEXTS = ['creditor', 'password', 'reason'] as const;
type Values = Readonly<Partial<Record<(typeof FILES)[number] | (typeof TEXTS)[number], string>>>;

/** A file as the server takes it. */
const base64Of = async (file: File): Promise<string> =>
  btoa(Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCodePoint(byte)).join(''));

/** Key and certificate of the signer of a creditor; the password goes once and is not kept. */
function NewKey({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.keys.${key}`);
  const act = useAct<SigningKey>(['legal/signing-keys']);
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const { creditor = '', certificate, key: file, password, reason = '' } = values;
  const isWhole = creditor.trim() !== '' && certificate && file && reason.trim().length >= MIN_REASON;
  const submit = (): void => {
    setTried(true);
    if (!isWhole) return;
    const json = { creditor: creditor.trim().toUpperCase(), certificate, key: file, reason: reason.trim(), ...(password ? { password } : {}) };
    act.mutate(
      { path: 'legal/signing-keys', options: { json } },
      {
        onSuccess: ({ subject }) => {
          toast.done(word('added'), subject);
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog title={word('add')} action={word('add')} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
      <p className="t2">{word('note')}</p>
      {FILES.map((name) => (
        <Field key={name} label={word(name)}>
          {({ id, describedBy }) => (
            <input
              id={id}
              className="input"
              type="file"
              aria-describedby={describedBy}
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                if (chosen) void base64Of(chosen).then((bytes) => setValues((before) => ({ ...before, [name]: bytes })));
              }}
            />
          )}
        </Field>
      ))}
      {TEXTS.map((name) => (
        <TextField
          key={name}
          label={word(name)}
          optional={name === 'password'}
          type={name === 'password' ? 'password' : 'text'}
          value={values[name] ?? ''}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        />
      ))}
      {tried && !isWhole && <div className="errm" role="alert">{word('incomplete')}</div>}
    </FormDialog>
  );
}

function KeyTable({ items }: { items: readonly SigningKey[] }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.keys.${key}`);
  if (items.length === 0) return <p>{word('none')}</p>;
  return (
    <table className="tbl dense">
      <caption className="vh">{word('title')}</caption>
      <thead>
        <tr>
          {(['creditor', 'subject', 'valid', 'state'] as const).map((name) => (
            <th key={name} scope="col">{word(name)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.creditor}</th>
            <td className="whitespace-normal">{row.subject}</td>
            <td className="tnum">{`${formatDay(row.validFrom)}–${formatDay(row.validTo)}`}</td>
            <td><Tag>{word(row.ended ? 'ended' : 'in-force')}</Tag></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whose keys sign the packs, and a new key. */
export function SigningKeysButton(): ReactNode {
  const text = useText();
  const can = useCan();
  const [shown, setShown] = useState<'list' | 'new'>();
  return (
    <>
      <Button icon="lock" onClick={() => setShown('list')}>
        {text('legal.ui.keys.title')}
      </Button>
      {shown === 'list' && <KeysDialog onAdd={can('legal.pack.sign') ? () => setShown('new') : undefined} onClose={() => setShown(undefined)} />}
      {shown === 'new' && <NewKey onClose={() => setShown('list')} />}
    </>
  );
}

function KeysDialog({ onAdd, onClose }: { onAdd: (() => void) | undefined; onClose: () => void }): ReactNode {
  const text = useText();
  const read = useRead<SigningKeys>('legal/signing-keys');
  return (
    <Dialog open title={text('legal.ui.keys.title')} onClose={onClose}>
      <div className="b">
        <Frame read={read} permission="legal.read">{({ items }) => <KeyTable items={items} />}</Frame>
      </div>
      <footer>
        {onAdd && <Button kind="primary" onClick={onAdd}>{text('legal.ui.keys.add')}</Button>}
        <Button onClick={onClose} keys={['Esc']}>{text('ui.close')}</Button>
      </footer>
    </Dialog>
  );
}
