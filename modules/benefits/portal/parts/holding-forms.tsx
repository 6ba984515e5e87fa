'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Dialog, DialogForm, formatMoney, MIN_REASON, parseMoney, ReasonLine, SelectField, TextField, toast, useLocale, useMe, useStandstill, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { RELATIONS, type AccountBenefits, type CategoryList, type CategoryView, type HoldingDone } from '../../contract/index.ts';

type Resident = AccountBenefits['residents'][number];
const TOUCHED = ['benefits/', 'registry/accounts', 'billing/accounts'];

interface Draft {
  readonly personId: string;
  readonly category: string;
  readonly document: string;
  readonly from: string;
  readonly to: string;
  readonly income: string;
  readonly reason: string;
}

function Family(props: {
  residents: readonly Resident[];
  relations: Readonly<Record<string, string>>;
  onChange: (person: string, relation: string) => void;
}): ReactNode {
  const text = useText();
  const options = [
    { value: '', label: text('benefits.ui.add.not-covered') },
    ...RELATIONS.filter((relation) => relation !== 'holder').map((value) => ({ value, label: text(`benefits.ui.relation.${value}`) })),
  ];
  return props.residents.map(({ personId, name }) => (
    <SelectField
      key={personId}
      label={name ?? personId}
      value={props.relations[personId] ?? ''}
      options={options}
      onChange={(event) => props.onChange(personId, event.target.value)}
    />
  ));
}

function AddFields(props: {
  draft: Draft;
  people: readonly Resident[];
  categories: readonly CategoryView[];
  change: (part: Partial<Draft>) => void;
}): ReactNode {
  const { draft, people, categories, change } = props;
  const text = useText();
  const tested = categories.find(({ code }) => code === draft.category)?.incomeRule === 'tested';
  return (
    <>
      <SelectField
        label={text('benefits.ui.add.person')}
        value={draft.personId}
        options={people.map(({ personId, name }) => ({ value: personId, label: name ?? personId }))}
        onChange={(event) => change({ personId: event.target.value })}
      />
      <SelectField
        name="category"
        label={text('benefits.ui.card.category')}
        value={draft.category}
        options={[
          { value: '', label: text('benefits.ui.add.choose') },
          ...categories.map(({ code, name }) => ({ value: code, label: `${code}: ${name}` })),
        ]}
        onChange={(event) => change({ category: event.target.value })}
      />
      <TextField name="document" label={text('benefits.ui.card.document')} value={draft.document} onChange={(event) => change({ document: event.target.value })} />
      <TextField label={text('benefits.ui.add.from')} type="date" value={draft.from} onChange={(event) => change({ from: event.target.value })} />
      <TextField label={text('benefits.ui.add.to')} optional type="date" value={draft.to} onChange={(event) => change({ to: event.target.value })} />
      {tested && (
        <TextField
          label={text('benefits.ui.add.income')}
          hint={text('benefits.ui.add.income-hint')}
          numeric
          value={draft.income}
          onChange={(event) => change({ income: event.target.value })}
        />
      )}
    </>
  );
}

/** A new right of a person who lives here, with the family members that it covers. */
export function AddDialog({ number, residents, onClose }: { number: string; residents: readonly Resident[]; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const still = useStandstill();
  const people = residents.filter(({ to }) => to === null || to >= today);
  const [draft, setDraft] = useState<Draft>({ personId: people[0]?.personId ?? '', category: '', document: '', from: today, to: '', income: '', reason: '' });
  const [relations, setRelations] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState(false);
  const catalogue = useRead<CategoryList>('benefits/categories', { asOf: draft.from || today });
  const act = useAct<HoldingDone>(TOUCHED);
  const category = catalogue.data?.items.find(({ code }) => code === draft.category);
  const family = category?.coverage === 'family' ? people.filter(({ personId }) => personId !== draft.personId) : [];
  const submit = (): void => {
    setTried(true);
    if (draft.category === '' || draft.document.trim().length < 2 || draft.reason.trim().length < MIN_REASON) return;
    const covered = family.flatMap(({ personId }) => (relations[personId] ? [{ personId, relation: relations[personId] }] : []));
    const json = {
      personId: draft.personId, category: draft.category, document: draft.document.trim(), from: draft.from, to: draft.to || null, covered,
      incomePerPerson: parseMoney(draft.income) ?? null, reason: draft.reason.trim(),
    };
    act.mutate(
      { path: `benefits/accounts/${number}/holdings`, options: { json } },
      {
        onSuccess: () => {
          toast.done(text('benefits.ui.add.done'), category?.name ?? draft.category);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open title={text('benefits.ui.add.title')} onClose={onClose}>
      <DialogForm
        action={text('benefits.ui.add.save')}
        busy={act.isPending}
        why={still}
        error={act.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <AddFields draft={draft} people={people} categories={catalogue.data?.items ?? []} change={(part) => setDraft((now) => ({ ...now, ...part }))} />
        {family.length > 0 && (
          <fieldset className="stack s">
            <legend className="sm">{text('benefits.ui.add.family')}</legend>
            <Family residents={family} relations={relations} onChange={(person, relation) => setRelations((now) => ({ ...now, [person]: relation }))} />
          </fieldset>
        )}
        <ReasonLine
          value={draft.reason}
          tried={tried}
          hint={text('ui.reason.seen', { min: MIN_REASON })}
          onChange={(reason) => setDraft((now) => ({ ...now, reason }))}
        />
        {tried && (draft.category === '' || draft.document.trim().length < 2) && <p className="errm">{text('benefits.ui.add.incomplete')}</p>}
      </DialogForm>
    </Dialog>
  );
}

/** The last day of a right. */
export function EndDialog({ held, today, onClose }: { held: AccountBenefits['holdings'][number]; today: string; onClose: () => void }): ReactNode {
  const text = useText();
  const act = useAct<HoldingDone>(TOUCHED);
  const still = useStandstill();
  const [lastDay, setLastDay] = useState(today);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (reason.trim().length < MIN_REASON) return;
    act.mutate(
      { path: `benefits/holdings/${held.id}/end`, options: { json: { version: held.version, lastDay, reason: reason.trim() }, ifMatch: held.version } },
      {
        onSuccess: () => {
          toast.done(text('benefits.ui.end.done'), held.categoryName);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open title={text('benefits.ui.end.title', { name: held.categoryName })} onClose={onClose}>
      <DialogForm
        action={text('benefits.ui.end.save')}
        busy={act.isPending}
        why={still}
        error={act.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextField label={text('benefits.ui.end.last-day')} type="date" value={lastDay} onChange={(event) => setLastDay(event.target.value)} />
        <ReasonLine value={reason} tried={tried} hint={text('ui.reason.seen', { min: MIN_REASON })} onChange={setReason} />
      </DialogForm>
    </Dialog>
  );
}

/** Money of one month goes back to social protection. */
export function ReturnDialog({ number, award, onClose }: { number: string; award: AccountBenefits['awards'][number]; onClose: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const still = useStandstill();
  const act = useAct<unknown>(TOUCHED);
  const [draft, setDraft] = useState({ month: award.from.slice(0, 7), amount: formatMoney(award.amount, locale), document: '', reason: '' });
  const [tried, setTried] = useState(false);
  const change = (part: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...part }));
  const amount = parseMoney(draft.amount);
  const submit = (): void => {
    setTried(true);
    if (amount === undefined || draft.document.trim().length < 2 || draft.reason.trim().length < MIN_REASON) return;
    const json = { service: award.service, month: draft.month, amount, document: draft.document.trim(), reason: draft.reason.trim() };
    act.mutate(
      { path: `benefits/accounts/${number}/returns`, options: { json } },
      {
        onSuccess: () => {
          toast.done(text('benefits.ui.return.done'), award.serviceName);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open title={text('benefits.ui.return.title', { service: award.serviceName })} onClose={onClose}>
      <DialogForm
        action={text('benefits.ui.return.save')}
        busy={act.isPending}
        why={still}
        error={act.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextField label={text('benefits.ui.return.month')} type="month" value={draft.month} onChange={(event) => change({ month: event.target.value })} />
        <TextField
          label={text('benefits.ui.return.amount')}
          numeric
          value={draft.amount}
          error={tried && amount === undefined ? text('benefits.ui.return.amount-wrong') : undefined}
          onChange={(event) => change({ amount: event.target.value })}
        />
        <TextField
          label={text('benefits.ui.return.document')}
          value={draft.document}
          error={tried && draft.document.trim().length < 2 ? text('benefits.ui.return.document-needed') : undefined}
          onChange={(event) => change({ document: event.target.value })}
        />
        <ReasonLine
          value={draft.reason}
          tried={tried}
          hint={text('ui.reason.seen', { min: MIN_REASON })}
          onChange={(reason) => change({ reason })}
        />
      </DialogForm>
    </Dialog>
  );
}
