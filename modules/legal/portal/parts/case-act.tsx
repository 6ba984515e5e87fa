'use client';
import { useAct, useApi } from '@komplat/api-client';
import {
  Field, formatDay, formatMoney, formatPeriod, MIN_REASON, parseDay, parseMoney, Segments, TextField, toast, useErrorText, useLocale, useMe, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseActDone, CaseActInput, CaseFileKept, CaseView } from '../../contract/index.ts';
import { FormDialog } from './form-dialog.tsx';

type Offered = CaseView['acts'][number];
type Papers = NonNullable<CaseActInput['papers']>;
interface PaperForm {
  readonly number: string;
  readonly on: string;
  readonly file: { readonly sha256: string; readonly name: string } | null;
}
type Values = Readonly<Record<string, string>>;

/** What the form of an act holds. */
interface ActForm {
  readonly on: string;
  readonly reason: string;
  readonly values: Values;
  readonly papers: Readonly<Record<string, PaperForm>>;
  readonly award: 'all' | 'parts';
  readonly sums: Values;
}
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'court-number': ['courtNumber'],
  'hearing-day': ['hearingOn'],
  executor: ['executorName', 'executorNumber'],
};

function PaperFields({ paper, value, onChange }: { paper: string; value: PaperForm; onChange: (value: PaperForm) => void }): ReactNode {
  const text = useText();
  const api = useApi();
  const sentence = useErrorText();
  const name = text(`legal.case.paper.${paper}`);
  const keep = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      const { sha256 } = await api.call<CaseFileKept>('legal/case-files', { method: 'POST', query: { name: file.name }, bytes: file });
      onChange({ ...value, file: { sha256, name: file.name } });
    } catch (error) {
      toast.failed(text('legal.ui.act.file-failed'), sentence(error));
    }
  };
  return (
    <fieldset className="stack s">
      <legend>{name}</legend>
      <TextField label={`${name}: ${text('legal.ui.act.paper-number')}`} value={value.number} onChange={(event) => onChange({ ...value, number: event.target.value })} />
      <TextField label={`${name}: ${text('legal.ui.act.paper-day')}`} value={value.on} onChange={(event) => onChange({ ...value, on: event.target.value })} />
      <Field label={`${name}: ${text('legal.ui.act.scan')}`} optional hint={value.file?.name}>
        {({ id, describedBy }) => (
          <input id={id} className="input" type="file" accept=".pdf,.jpg,.jpeg,.png,.p7s" aria-describedby={describedBy} onChange={(event) => void keep(event.target.files?.[0])} />
        )}
      </Field>
    </fieldset>
  );
}

/** Sums by part: what a court awarded, or what is claimed from now on. */
function SumFields({ view, form, onChange }: { view: CaseView; form: ActForm; onChange: (form: ActForm) => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <div className="stack s">
      {view.parts.map((part) => (
        <TextField
          key={part.no}
          numeric
          label={[text(`legal.case.part.${part.part}`), part.month && formatPeriod(part.month, locale), part.serviceName].filter(Boolean).join(' ')}
          hint={text('legal.ui.act.claimed', { sum: formatMoney(part.claimed, locale) })}
          value={form.sums[part.no] ?? part.claimed}
          onChange={(event) => onChange({ ...form, sums: { ...form.sums, [part.no]: event.target.value } })}
        />
      ))}
    </div>
  );
}

function ActFields({ view, offered, form, onChange }: { view: CaseView; offered: Offered; form: ActForm; onChange: (form: ActForm) => void }): ReactNode {
  const text = useText();
  const names = offered.needs.flatMap((need) => FIELDS[need] ?? []);
  const hasAward = offered.needs.includes('award');
  return (
    <>
      <TextField label={text('legal.ui.act.day')} value={form.on} onChange={(event) => onChange({ ...form, on: event.target.value })} />
      {names.map((name) => (
        <TextField
          key={name}
          label={text(`legal.ui.act.${name}`)}
          value={form.values[name] ?? ''}
          onChange={(event) => onChange({ ...form, values: { ...form.values, [name]: event.target.value } })}
        />
      ))}
      {hasAward && (
        <Segments
          label={text('legal.ui.act.award')}
          value={form.award}
          options={[
            { value: 'all', label: text('legal.ui.act.award-all') },
            { value: 'parts', label: text('legal.ui.act.award-parts') },
          ]}
          onChange={(award) => onChange({ ...form, award })}
        />
      )}
      {((hasAward && form.award === 'parts') || offered.act === 'amend-claim') && <SumFields view={view} form={form} onChange={onChange} />}
      {offered.papers.map((paper) => (
        <PaperFields
          key={paper}
          paper={paper}
          value={form.papers[paper] ?? { number: '', on: form.on, file: null }}
          onChange={(value) => onChange({ ...form, papers: { ...form.papers, [paper]: value } })}
        />
      ))}
      <TextField
        label={text('ui.reason.label')}
        note={text(offered.needs.includes('reason') ? 'ui.reason.rule' : 'ui.optional')}
        value={form.reason}
        onChange={(event) => onChange({ ...form, reason: event.target.value })}
      />
    </>
  );
}

/** The order as the server takes it; null: something cannot be read yet. */
function orderOf(view: CaseView, offered: Offered, form: ActForm, today: string): CaseActInput | null {
  const on = parseDay(form.on, today);
  const reason = form.reason.trim();
  const papers: Papers[number][] = [];
  for (const paper of offered.papers) {
    const { number = '', on: typed = form.on, file = null } = form.papers[paper] ?? {};
    const day = parseDay(typed, today);
    if (number.trim() === '' || !day) return null;
    papers.push({ paper, number: number.trim(), on: day, ...(file ? { file } : {}) });
  }
  const sums = view.parts.map(({ no, claimed }) => ({ no, amount: parseMoney(form.sums[no] ?? claimed) ?? '' }));
  const isMissing = offered.needs.some((need) => (FIELDS[need] ?? []).some((name) => !form.values[name]?.trim()));
  if (!on || isMissing || sums.some(({ amount }) => amount === '')) return null;
  if (reason.length < MIN_REASON && (reason !== '' || offered.needs.includes('reason'))) return null;
  const hearingOn = form.values['hearingOn'] ? parseDay(form.values['hearingOn'], today) : undefined;
  return {
    act: offered.act,
    version: view.version,
    on,
    papers,
    ...(reason ? { reason } : {}),
    ...(offered.needs.includes('court-number') ? { courtNumber: form.values['courtNumber']?.trim() ?? '' } : {}),
    ...(hearingOn ? { hearingOn } : {}),
    ...(offered.needs.includes('award') ? { awarded: form.award === 'all' ? ('all' as const) : sums } : {}),
    ...(offered.act === 'amend-claim' ? { amended: sums } : {}),
    ...(offered.needs.includes('executor') ? { executor: { name: form.values['executorName']?.trim() ?? '', number: form.values['executorNumber']?.trim() ?? '' } } : {}),
  };
}

/** One act on a case: only what this act asks for. */
export function ActDialog({ view, offered, onClose }: { view: CaseView; offered: Offered; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const act = useAct<CaseActDone>(['legal/', 'debt/', 'approvals']);
  const [form, setForm] = useState<ActForm>({
    on: formatDay(today), reason: '', values: view.item.courtNumber ? { courtNumber: view.item.courtNumber } : {}, papers: {}, award: 'all', sums: {},
  });
  const [tried, setTried] = useState(false);
  const order = orderOf(view, offered, form, today);
  const submit = (): void => {
    setTried(true);
    if (!order) return;
    act.mutate(
      { path: `legal/cases/${view.item.id}/acts`, options: { json: order } },
      {
        onSuccess: ({ status, approvalId }) => {
          toast.done(text(approvalId ? 'legal.ui.act.asked' : 'legal.ui.act.done'), text(`legal.case.status.${status}`));
          onClose();
        },
      },
    );
  };
  const title = text(`legal.case.act.${offered.act}`);
  return (
    <FormDialog title={title} action={title} busy={act.isPending} error={act.error} onSubmit={submit} onClose={onClose}>
      <ActFields view={view} offered={offered} form={form} onChange={setForm} />
      {tried && !order && <div className="errm" role="alert">{text('legal.ui.act.incomplete')}</div>}
    </FormDialog>
  );
}
