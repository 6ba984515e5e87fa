'use client';
import { useAct } from '@komplat/api-client';
import { Banner, Dialog, DialogForm, formatAccount, MIN_REASON, SelectField, TextField, toast, useStandstill, useText, type Text } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CategoryAsked, CategoryTouched, CategoryView } from '../../contract/index.ts';
import { daysOf, percentOf } from './words.ts';

interface Draft {
  readonly percent: string;
  readonly normRule: string;
  readonly incomeRule: string;
  readonly from: string;
  readonly decision: string;
  readonly mark: string;
  readonly reason: string;
}
const MARKS = ['confirmed', 'general knowledge', 'needs a lawyer'] as const;

const bodyOf = (row: CategoryView, draft: Draft): object => ({
  code: row.code, name: row.name, edarpCode: row.edarpCode, coverage: row.coverage, services: row.services, law: row.law, article: row.article,
  to: null, ...draft, percent: draft.percent.replace(',', '.'), decision: draft.decision.trim(), reason: draft.reason.trim(),
});

function Fields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  const text = useText();
  const choice = (key: 'normRule' | 'incomeRule', prefix: string, values: readonly string[]): ReactNode => (
    <SelectField
      label={text(`benefits.ui.catalogue.${prefix}`)}
      value={draft[key]}
      options={values.map((value) => ({ value, label: text(`benefits.ui.${prefix}.${value}`) }))}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  );
  return (
    <>
      <TextField
        label={text('benefits.ui.catalogue.percent')}
        numeric
        value={draft.percent}
        hint={text('benefits.ui.change.percent-hint')}
        onChange={(event) => change({ percent: event.target.value })}
      />
      {choice('normRule', 'norm', ['within-norm', 'no-norm'])}
      {choice('incomeRule', 'income', ['tested', 'not-tested'])}
      <TextField label={text('benefits.ui.change.from')} type="date" value={draft.from} onChange={(event) => change({ from: event.target.value })} />
      <TextField
        label={text('benefits.ui.change.decision')}
        hint={text('benefits.ui.change.decision-hint')}
        value={draft.decision}
        onChange={(event) => change({ decision: event.target.value })}
      />
      <SelectField
        label={text('benefits.ui.catalogue.mark')}
        value={draft.mark}
        options={MARKS.map((value) => ({ value, label: text(`benefits.ui.mark.${value.replaceAll(' ', '-')}`) }))}
        onChange={(event) => change({ mark: event.target.value })}
      />
      <TextField
        label={text('ui.reason.label')}
        note={text('ui.reason.rule')}
        hint={text('ui.reason.seen', { min: MIN_REASON })}
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </>
  );
}

/** Whom the change touches, before anybody is asked to agree. */
function Touched({ touched, text }: { touched: CategoryTouched; text: Text }): ReactNode {
  const { replaces } = touched;
  return (
    <Banner kind={touched.holders > 0 ? 'warn' : 'info'}>
      <b>{text('benefits.ui.change.touched', { holders: touched.holders, accounts: touched.accounts })}</b>{' '}
      {replaces && text('benefits.ui.change.replaces', { percent: percentOf(replaces.percent), days: daysOf(text, replaces.from, replaces.to) })}
      {touched.sample.length > 0 && (
        <ul className="sm t2">
          {touched.sample.slice(0, 5).map(({ number, address }) => (
            <li key={number}>
              <span className="tnum">{formatAccount(number)}</span>, {address}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

/** Asks for a new version of a category: first whom it touches, then the request to a second person. */
export function ChangeDialog({ row, onClose }: { row: CategoryView; onClose: () => void }): ReactNode {
  const text = useText();
  const still = useStandstill();
  const act = useAct<CategoryAsked>(['benefits/categories', 'administration/']);
  const [draft, setDraft] = useState<Draft>({
    percent: percentOf(row.percent).replace(' %', ''), normRule: row.normRule, incomeRule: row.incomeRule, from: '', decision: '', mark: row.mark, reason: '',
  });
  const look = useAct<CategoryTouched>([]);
  const touched = look.data;
  const change = (part: Partial<Draft>): void => {
    look.reset();
    setDraft((now) => ({ ...now, ...part }));
  };
  const submit = (): void => {
    if (!touched) return look.mutate({ path: 'benefits/categories/touched', options: { json: bodyOf(row, draft) } });
    act.mutate(
      { path: 'benefits/categories/changes', options: { json: bodyOf(row, draft) } },
      {
        onSuccess: () => {
          toast.done(text('benefits.ui.change.asked'), row.name);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open title={text('benefits.ui.change.title', { name: row.name })} onClose={onClose}>
      <DialogForm
        action={text(touched ? 'benefits.ui.change.ask' : 'benefits.ui.change.look')}
        busy={look.isPending || act.isPending}
        why={still}
        error={look.error ?? act.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <Fields draft={draft} change={change} />
        {touched && <Touched touched={touched} text={text} />}
      </DialogForm>
    </Dialog>
  );
}
