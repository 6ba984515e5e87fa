'use client';
import { Segments, SelectField, TextField, useText } from '@komplat/ui';
import { type ReactNode, useId } from 'react';
import type { ClaimChoices, ClaimOrder, ClaimParameters } from '../../contract/index.ts';

/** What the form holds, as it was typed. */
export interface ClaimDraft {
  readonly by: 'filter' | 'list';
  readonly list: string;
  readonly provider: string;
  readonly from: string;
  readonly months: string;
  readonly district: string;
  readonly house: string;
  readonly parameters: ClaimParameters;
}
export const firstDraft = (): ClaimDraft => ({
  by: 'filter', list: '', provider: '', from: '', months: '3', district: '', house: '',
  parameters: {
    method: 'B', kind: 'choose', expired: 'leave', penalty: 'leave', debtors: 'owners', missingIndex: 'refuse', least: '0.00', electronic: false,
  },
});

/** The order of the draft: fields that are empty are left out. */
export function orderOf({ by, list, provider, from, months, district, house, parameters }: ClaimDraft): ClaimOrder {
  const accounts = list.split(/[\n,;]+/).map((line) => line.replaceAll(/\s/g, '')).filter((line) => line !== '');
  const filter = {
    ...(provider ? { provider } : {}),
    ...(from ? { from: from.replace(',', '.').replaceAll(/\s/g, '') } : {}),
    ...(months ? { months: Number(months) } : {}),
    ...(district ? { district: Number(district) } : {}),
    ...(house ? { house } : {}),
  };
  return {
    selection: by === 'list' ? { accounts } : { filter },
    parameters: { ...parameters, least: parameters.least || '0.00', ...(provider ? { providers: [provider] } : {}) },
  };
}

type Put = (change: Partial<ClaimDraft>) => void;

/** Whom to look at. */
export function SelectionFields({ draft, put, choices }: { draft: ClaimDraft; put: Put; choices: ClaimChoices }): ReactNode {
  const text = useText();
  const id = useId();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  return (
    <>
      <Segments
        label={word('selection')}
        value={draft.by}
        options={[{ value: 'filter', label: word('by-filter') }, { value: 'list', label: word('by-list') }]}
        onChange={(by) => put({ by })}
      />
      <SelectField
        label={word('creditor')}
        optional
        value={draft.provider}
        options={[{ value: '', label: word('any') }, ...choices.providers.map(({ code, name }) => ({ value: code, label: name }))]}
        onChange={(event) => put({ provider: event.target.value })}
      />
      {draft.by === 'list' ? (
        <div className="f">
          <label htmlFor={id}>
            {word('list')} <i>{word('list-hint')}</i>
          </label>
          <textarea id={id} className="input tnum" rows={8} value={draft.list} onChange={(event) => put({ list: event.target.value })} />
        </div>
      ) : (
        <>
          <TextField label={word('least-debt')} optional numeric value={draft.from} onChange={(event) => put({ from: event.target.value })} />
          <TextField label={word('least-months')} optional numeric value={draft.months} onChange={(event) => put({ months: event.target.value })} />
          <TextField label={word('district')} optional numeric value={draft.district} onChange={(event) => put({ district: event.target.value })} />
          <TextField label={word('house')} optional value={draft.house} onChange={(event) => put({ house: event.target.value })} />
        </>
      )}
    </>
  );
}

const CHOICES = [
  ['method', 'method', ['B', 'A', 'A-fifo', 'C']],
  ['kind', 'paper', ['choose', 'order', 'claim']],
  ['expired', 'expired', ['leave', 'claim']],
  ['penalty', 'penalty', ['leave', 'claim']],
  ['debtors', 'debtors', ['owners', 'household']],
  ['missingIndex', 'missing', ['refuse', 'unchanged']],
] as const;
const LABELS: Readonly<Record<string, string>> = { penalty: 'penalty-rule' };

/** How it is counted and what is claimed. */
export function ParameterFields({ draft, put, choices }: { draft: ClaimDraft; put: Put; choices: ClaimChoices }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const { parameters } = draft;
  const set = (change: Partial<ClaimParameters>): void => put({ parameters: { ...parameters, ...change } });
  return (
    <>
      <SelectField
        label={word('court')}
        value={parameters.court ?? ''}
        options={[{ value: '', label: word('court-auto') }, ...choices.courts.map(({ code, name }) => ({ value: code, label: name }))]}
        onChange={(event) => set({ court: event.target.value || undefined })}
      />
      {CHOICES.map(([name, key, values]) => (
        <SelectField
          key={name}
          label={word(LABELS[key] ?? key)}
          value={parameters[name]}
          options={values.map((value) => ({ value, label: word(`${key}-${value}`) }))}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <TextField label={word('least')} optional numeric value={parameters.least} onChange={(event) => set({ least: event.target.value })} />
      <label className="row">
        <input type="checkbox" checked={parameters.electronic} onChange={(event) => set({ electronic: event.target.checked })} /> {word('electronic')}
      </label>
    </>
  );
}
