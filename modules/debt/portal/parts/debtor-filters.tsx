'use client';
import { Dialog, DialogForm, FilterChip, parseDay, parseMoney, SearchFilter, TextField, useMe, useSearchState, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { type DebtChoices, DWELLINGS, HOLD_KINDS, MORATORIA } from '../../contract/index.ts';

export const FILTERS = [
  'from', 'to', 'months', 'service', 'provider', 'district', 'house', 'dwelling', 'unpaidSince', 'nobody', 'expires', 'hold', 'moratorium', 'claimed', 'q',
] as const;
const MONTHS = ['1', '3', '6', '12', '36'];
const DAYS = ['31', '92', '183', '366'];
const TYPED = ['from', 'to', 'unpaidSince', 'house'] as const;
type Typed = Readonly<Record<(typeof TYPED)[number], string>>;

/** What was typed in the form the server takes; `undefined` = not to be read. */
function valueOf(name: (typeof TYPED)[number], typed: string, today: string): string | undefined {
  if (typed === '') return '';
  if (name === 'house') return typed.trim();
  return name === 'unpaidSince' ? parseDay(typed, today) : parseMoney(typed);
}

function SumForm({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const [search, set] = useSearchState();
  const kept = (name: string): string => search.get(name) ?? '';
  const [typed, setTyped] = useState<Typed>({ from: kept('from'), to: kept('to'), unpaidSince: kept('unpaidSince'), house: kept('house') });
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    const values = TYPED.map((name) => [name, valueOf(name, typed[name], today)] as const);
    if (values.some(([, value]) => value === undefined)) return;
    set(Object.fromEntries(values));
    onClose();
  };
  return (
    <DialogForm action={text('debt.ui.debtors.apply')} onSubmit={submit} onClose={onClose}>
      {TYPED.map((name) => (
        <TextField
          key={name}
          label={text(`debt.ui.debtors.f-${name}`)}
          optional
          numeric={name === 'from' || name === 'to'}
          value={typed[name]}
          error={tried && valueOf(name, typed[name], today) === undefined ? text('debt.ui.debtors.wrong') : undefined}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      ))}
    </DialogForm>
  );
}

/** Sum, day of the last payment and house are typed; the chip says what stands. */
function SumChip(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const [open, setOpen] = useState(false);
  const set = TYPED.flatMap((name) => {
    const value = search.get(name);
    return value ? [`${text(`debt.ui.debtors.f-${name}`)} ${value}`] : [];
  });
  return (
    <>
      <button type="button" className={`chip ${set.length > 0 ? 'on' : ''}`} onClick={() => setOpen(true)}>
        {text('debt.ui.debtors.more-filters')}: <b>{set.join(', ') || text('debt.ui.debtors.any')}</b>
      </button>
      {open && (
        <Dialog open title={text('debt.ui.debtors.more-filters')} onClose={() => setOpen(false)}>
          <SumForm onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

/** Filters of debtors; each lives in the address. */
export function DebtorFilters({ choices }: { choices: DebtChoices | undefined }): ReactNode {
  const text = useText();
  const chip = (name: string, options: readonly { value: string; label: string }[]): ReactNode => (
    <FilterChip key={name} name={name} label={text(`debt.ui.debtors.f-${name}`)} all={text('debt.ui.debtors.any')} options={options} />
  );
  const words = (values: readonly string[], key: string): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: text(`${key}${value}`) }));
  return (
    <>
      {chip('provider', (choices?.providers ?? []).map(({ code, name }) => ({ value: code, label: name })))}
      {chip('service', (choices?.services ?? []).map(({ code, name }) => ({ value: code, label: name })))}
      {chip('district', (choices?.districts ?? []).map((district) => ({ value: String(district), label: String(district) })))}
      {chip('months', MONTHS.map((value) => ({ value, label: value })))}
      {chip('dwelling', words(DWELLINGS, 'debt.ui.dwelling.'))}
      {chip('nobody', words(['yes'], 'debt.ui.debtors.nobody-'))}
      {chip('expires', DAYS.map((value) => ({ value, label: text('debt.ui.debtors.within', { days: Number(value) }) })))}
      {chip('hold', [...words(['any', 'none'], 'debt.ui.debtors.hold-'), ...words(HOLD_KINDS, 'debt.ui.hold.')])}
      {chip('moratorium', [...words(['any', 'none'], 'debt.ui.debtors.moratorium-'), ...words(MORATORIA, 'debt.ui.moratorium.')])}
      {chip('claimed', words(['open', 'ever', 'none'], 'debt.ui.debtors.claimed-'))}
      <SumChip />
      <SearchFilter label={text('debt.ui.debtors.f-q')} width={190} />
    </>
  );
}
