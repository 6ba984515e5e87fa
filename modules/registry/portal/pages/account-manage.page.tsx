'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, Empty, formatAccount, formatDay, formatInstant, formatMoney, FormFailure, Frame, MIN_REASON, PageHeader, parseDay, Person, SelectField,
  TextField, toast, useLocale, useMe, useRouter, useText,
} from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AccountDone, AccountFacts, Lineage } from '../../contract/index.ts';
import { fullName } from '../parts/change-kinds.ts';

const ACTS = ['close', 'reopen', 'renumber', 'merge', 'split'] as const;
type Act = (typeof ACTS)[number];
/** Fields of an act beside the reason; days are typed, the holder is chosen. */
const FIELDS: Readonly<Record<Act, readonly string[]>> = {
  close: ['lastDay'],
  reopen: ['on'],
  renumber: ['on'],
  merge: ['into', 'on'],
  split: ['number', 'totalArea', 'heatedArea', 'rooms', 'holder', 'on'],
};
const DAYS = new Set(['on', 'lastDay']);

function bodyOf(act: Act, typed: Readonly<Record<string, string>>, today: string): object | undefined {
  const values: Record<string, string> = {};
  for (const name of FIELDS[act]) {
    const text = (typed[name] ?? '').trim();
    const value = DAYS.has(name) ? parseDay(text, today) : text.replace(',', '.');
    if (!value) return undefined;
    values[name] = value;
  }
  const { number, totalArea, heatedArea, rooms, holder, on, ...plain } = values;
  if (act !== 'split') return { ...plain, ...(on ? { on } : {}) };
  return { part: { number, kind: 'room', totalArea, heatedArea, rooms: Number(rooms) }, holder: { id: holder }, residents: holder ? [holder] : [], on };
}

function ManageForm({ number, facts }: { number: string; facts: AccountFacts }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const { push } = useRouter();
  const [act, setAct] = useState<Act>('close');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({ on: formatDay(today), lastDay: formatDay(today), holder: facts.persons[0]?.id ?? '' });
  const [tried, setTried] = useState(false);
  const send = useAct<AccountDone>(['registry/', 'billing/']);
  const reason = (typed['reason'] ?? '').trim();
  const body = bodyOf(act, typed, today);
  const put = (name: string, value: string): void => setTyped((now) => ({ ...now, [name]: value }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!body || reason.length < MIN_REASON) return;
    const options = { json: { version: facts.version, reason, ...body } };
    const onSuccess = (done: AccountDone): void => {
      toast.done(text(`registry.ui.manage.done-${act}`, { number: formatAccount(done.number) }));
      push(`/registry/accounts/${done.number}`);
    };
    send.mutate({ path: `registry/accounts/${number}/${act}`, options }, { onSuccess });
  };
  return (
    <form onSubmit={submit} noValidate>
      <SelectField
        label={text('registry.ui.manage.act')}
        options={ACTS.map((value) => ({ value, label: text(`registry.ui.manage.${value}`) }))}
        value={act}
        onChange={(event) => {
          setAct(ACTS.find((one) => one === event.target.value) ?? 'close');
          setTried(false);
        }}
      />
      <p className="hint">{text(`registry.ui.manage.text-${act}`)}</p>
      {FIELDS[act].map((name) =>
        name === 'holder' ? (
          <SelectField
            key={name}
            label={text('registry.ui.manage.holder')}
            options={facts.persons.map((person) => ({ value: person.id, label: fullName(person) }))}
            value={typed[name] ?? ''}
            onChange={(event) => put(name, event.target.value)}
          />
        ) : (
          <TextField
            key={name}
            label={text(`registry.ui.manage.${name === 'number' ? 'part-number' : name}`)}
            value={typed[name] ?? ''}
            error={tried && !(typed[name] ?? '').trim() ? text('registry.ui.form.empty') : undefined}
            onChange={(event) => put(name, event.target.value)}
          />
        ),
      )}
      <TextField
        label={text('ui.reason.label')}
        note={text('ui.reason.rule')}
        error={tried && reason.length < MIN_REASON ? text('ui.reason.short', { min: MIN_REASON }) : undefined}
        value={typed['reason'] ?? ''}
        onChange={(event) => put('reason', event.target.value)}
      />
      <FormFailure error={send.error} />
      <Button type="submit" kind="primary" busy={send.isPending}>
        {text(`registry.ui.manage.${act}`)}
      </Button>
    </form>
  );
}

function Way({ lineage, number }: { lineage: Lineage; number: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  if (lineage.items.length === 0) return <Empty icon="history" title={text('registry.ui.manage.no-way')} />;
  return (
    <ul className="stack" style={{ gap: 8 }}>
      {lineage.current !== number && (
        <li>
          {text('registry.ui.manage.current')} <AppLink href={`/registry/accounts/${lineage.current}`}>{formatAccount(lineage.current)}</AppLink>
        </li>
      )}
      {lineage.items.map((event) => (
        <li key={`${event.kind}${event.at}${event.account}`}>
          <b>{formatDay(event.on)}</b>{' '}
          {text(`registry.ui.lineage.${event.kind}`, {
            account: formatAccount(event.account), other: formatAccount(event.other ?? ''), old: formatAccount(event.oldNumber ?? ''),
            next: formatAccount(event.newNumber ?? ''), balance: formatMoney(event.balance, locale),
          })}
          <small className="t2">
            {' '}
            {event.reason}. <Person login={event.actor} />, {formatInstant(event.at)}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** The account as such: closed, opened again, renumbered, merged, divided; where it came from and where it went. */
export function Page(): ReactNode {
  const text = useText();
  const number = useRouter().params['number'] ?? '';
  const facts = useRead<AccountFacts>(`registry/accounts/${encodeURIComponent(number)}/facts`);
  const lineage = useRead<Lineage>(`registry/accounts/${encodeURIComponent(number)}/lineage`);
  return (
    <>
      <PageHeader
        title={text('registry.ui.manage.title', { number: formatAccount(number) })}
        text={text('registry.ui.manage.text')}
        actions={<AppLink href={`/registry/accounts/${number}`}>{text('registry.ui.change.back')}</AppLink>}
      />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0, 420px) minmax(0, 1fr)', gap: 12 }}>
        <Card padded title={text('registry.ui.manage.act')}>
          <Frame read={facts} rows={5}>
            {(data) => <ManageForm key={data.version} number={number} facts={data} />}
          </Frame>
        </Card>
        <Card padded title={text('registry.ui.manage.way')}>
          <Frame read={lineage} rows={4}>
            {(data) => <Way lineage={data} number={number} />}
          </Frame>
        </Card>
      </div>
    </>
  );
}
