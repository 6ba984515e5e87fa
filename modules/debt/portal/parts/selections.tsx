'use client';
import { useAct, useRead } from '@komplat/api-client';
import { Button, Dialog, DialogForm, Icon, TextField, toast, useRouter, useText, withSearch } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { SelectionItem, SelectionList } from '../../contract/index.ts';

const NOT_KEPT = new Set(['after', 'trace', 'period']);

/** The address of a list as a person set it: filters, order, columns. */
const keptOf = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...search].filter(([name, value]) => value !== '' && !NOT_KEPT.has(name)));

function KeepForm({ list, onClose }: { list: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const act = useAct<SelectionItem>(['debt/selections']);
  const [name, setName] = useState('');
  const submit = (): void => {
    if (name.trim() === '') return;
    act.mutate(
      { path: 'debt/selections', options: { json: { list, name: name.trim(), filter: keptOf(search) } } },
      {
        onSuccess: () => {
          toast.done(text('debt.ui.selection.kept'), name.trim());
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={text('debt.ui.selection.keep')}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={text('debt.ui.selection.name')}
        hint={text('debt.ui.selection.own')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
      />
    </DialogForm>
  );
}

/** Filters that the person keeps for a list: choose one, keep the present one, forget one. Works for any list. */
export function Selections({ list }: { list: string }): ReactNode {
  const text = useText();
  const router = useRouter();
  const read = useRead<SelectionList>('debt/selections', { list });
  const remove = useAct<unknown>(['debt/selections']);
  const [asked, setAsked] = useState(false);
  const items = read.data?.items ?? [];
  const choose = ({ filter }: SelectionItem): void => router.push(withSearch(router.path, new URLSearchParams(), filter));
  const forget = ({ id }: SelectionItem): void =>
    remove.mutate(
      { path: `debt/selections/${id}`, options: { method: 'DELETE' } },
      { onSuccess: () => toast.done(text('debt.ui.selection.removed')) },
    );
  return (
    <div className="row" role="group" aria-label={text('debt.ui.selection.title')}>
      <span className="sm mut">{text('debt.ui.selection.title')}:</span>
      {items.length === 0 && <span className="sm mut">{text('debt.ui.selection.none')}</span>}
      {items.map((item) => (
        <span key={item.id} className="row">
          <button type="button" className="chip" onClick={() => choose(item)}>
            {item.name}
          </button>
          <button
            type="button"
            className="icon sm-i"
            aria-label={text('debt.ui.selection.remove', { name: item.name })}
            onClick={() => forget(item)}
          >
            <Icon name="close" size={13} />
          </button>
        </span>
      ))}
      <Button size="small" kind="quiet" onClick={() => setAsked(true)}>
        {text('debt.ui.selection.keep')}
      </Button>
      {asked && (
        <Dialog open title={text('debt.ui.selection.keep')} onClose={() => setAsked(false)}>
          <KeepForm list={list} onClose={() => setAsked(false)} />
        </Dialog>
      )}
    </div>
  );
}
