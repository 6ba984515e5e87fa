'use client';
import { useAct } from '@komplat/api-client';
import {
  Banner, Button, Dialog, formatAccount, formatDay, formatDecimal, formatMoney, formatPeriod, formatPeriodShort, FormFailure, ImpactPreview, MIN_REASON,
  SelectField, TextField, toast, useLocale, useStandstill, useText,
} from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import { VALUE_MARKS, type ValueVersion, type VersionAsked, type VersionLook } from '../../contract/index.ts';

const FIELDS = ['value', 'from', 'to', 'decisionBody', 'decisionNumber', 'decisionDate', 'mark', 'reason'] as const;
type Field = (typeof FIELDS)[number];
type Draft = Readonly<Record<Field, string>>;
const START: Draft = { value: '', from: '', to: '', decisionBody: '', decisionNumber: '', decisionDate: '', mark: VALUE_MARKS[0], reason: '' };
const DAYS: ReadonlySet<Field> = new Set(['from', 'to', 'decisionDate']);

const bodyOf = ({ book, key }: ValueVersion, { value, to, ...rest }: Draft): object => ({
  ...rest, book, key, to: to || null, reason: rest.reason.trim(), ...(value.trim() ? { value: value.trim().replace(',', '.').replaceAll(/\s/g, '') } : {}),
});

/** Names of the fields that are still empty. A parameter that names only its days needs the last of them and no value. */
function emptyOf(row: ValueVersion, draft: Draft): readonly Field[] {
  const daysOnly = row.value === '';
  const free: readonly Field[] = daysOnly ? ['value'] : ['to'];
  return FIELDS.filter((name) => !free.includes(name) && (name === 'reason' ? draft.reason.trim().length < MIN_REASON : !draft[name].trim()));
}

function Fields({ row, draft, wrong, change }: {
  row: ValueVersion; draft: Draft; wrong: readonly Field[]; change: (name: Field, value: string) => void;
}): ReactNode {
  const text = useText();
  return FIELDS.filter((name) => name !== 'value' || row.value !== '').map((name) => {
    const common = {
      name,
      label: name === 'reason' ? text('ui.reason.label') : text(`tariffs.ui.form.${name}`),
      value: draft[name],
      error: wrong.includes(name) ? text(name === 'reason' ? 'ui.reason.short' : 'tariffs.ui.form.empty', { min: MIN_REASON }) : undefined,
    };
    if (name === 'mark') {
      const options = VALUE_MARKS.map((mark) => ({ value: mark, label: text(`tariffs.ui.mark.${mark.replaceAll(' ', '-')}`) }));
      return <SelectField key={name} {...common} options={options} onChange={(event) => change(name, event.target.value)} />;
    }
    return (
      <TextField
        key={name}
        {...common}
        type={DAYS.has(name) ? 'date' : 'text'}
        numeric={name === 'value'}
        optional={name === 'to' && row.value !== ''}
        note={name === 'reason' ? text('ui.reason.rule') : name === 'value' ? row.unit : undefined}
        onChange={(event) => change(name, event.target.value)}
      />
    );
  });
}

/** Whom it touches, what it ends and what it does to money, before anybody is asked to agree. */
function Look({ look }: { look: VersionLook }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { replaces, accounts, sample, money } = look;
  const sum = (value: string): string => formatMoney(value, locale);
  return (
    <div className="stack" style={{ gap: 8 }} data-look>
      <Banner kind={accounts === 0 ? 'info' : 'warn'}>
        <b>{accounts === null ? text('tariffs.ui.look.all') : text('tariffs.ui.look.accounts', { accounts })}</b>{' '}
        {replaces && text('tariffs.ui.look.replaces', { value: formatDecimal(replaces.value, locale), from: formatDay(replaces.from) })}
        {sample.length > 0 && (
          <ul className="sm t2">
            {sample.slice(0, 5).map(({ number, address }) => (
              <li key={number}>
                <span className="tnum">{formatAccount(number)}</span>, {address}
              </li>
            ))}
          </ul>
        )}
      </Banner>
      {!money.available && <Banner kind="info">{text('tariffs.ui.look.no-money')}</Banner>}
      {money.available && money.effects.length === 0 && <p className="t2">{text('tariffs.ui.look.same', { over: money.over })}</p>}
      {money.effects.length > 0 && (
        <>
          <ImpactPreview
            caption={text('tariffs.ui.look.money', { over: money.over })}
            rows={money.effects.map(({ month, service, provider, before, after }) => ({
              key: `${month}${service}${provider}`, label: `${formatPeriodShort(month)} ${service}, ${provider}`, was: sum(before), becomes: sum(after),
            }))}
            same={[]}
          />
          <p>
            {text('tariffs.ui.look.difference')} <b className="num">{sum(money.difference)}</b> {text('ui.uah')}
            {money.asIf && <small> {text('tariffs.ui.look.as-if', { month: formatPeriod(money.asIf, locale) })}</small>}
          </p>
        </>
      )}
    </div>
  );
}

/** Asks for a new version: first whom it touches and what it costs, then the request to a second person. */
export function VersionForm({ row, onClose }: { row: ValueVersion; onClose: () => void }): ReactNode {
  const text = useText();
  const still = useStandstill();
  const look = useAct<VersionLook>([]);
  const ask = useAct<VersionAsked>(['tariffs/', 'administration/']);
  const [draft, setDraft] = useState(START);
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const wrong = emptyOf(row, draft);
  const change = (name: Field, value: string): void => {
    look.reset();
    setKey(crypto.randomUUID());
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrong.length > 0) return;
    const json = bodyOf(row, draft);
    if (!look.data) return look.mutate({ path: 'tariffs/values/look', options: { json } });
    const onSuccess = (): void => {
      toast.done(text('tariffs.ui.asked'));
      onClose();
    };
    ask.mutate({ path: 'tariffs/values', options: { json, idempotencyKey: key } }, { onSuccess });
  };
  return (
    <Dialog open title={text('tariffs.ui.form.title', { name: row.serviceName ?? row.name })} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="b">
          <Fields row={row} draft={draft} wrong={tried ? wrong : []} change={change} />
          {look.data && <Look look={look.data} />}
          <FormFailure error={look.error ?? ask.error} />
        </div>
        <footer>
          <Button onClick={onClose} keys={['Esc']}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={look.isPending || ask.isPending} why={still}>
            {text(look.data ? 'tariffs.ui.form.ask' : 'tariffs.ui.form.look')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
