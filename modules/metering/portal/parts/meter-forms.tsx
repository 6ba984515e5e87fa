'use client';
import { useApi } from '@komplat/api-client';
import { FileDrop, formatCount, toast, useErrorText, useLocale, useText, formatDecimal } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AccountMeters, MeterView, PhotoDone, ReadingView } from '../../contract/index.ts';
import { ActForm, decimal, typed, type FieldSpec, type Values } from './act-form.tsx';

const SOURCES = ['operator', 'call', 'paper', 'condominium', 'inspector', 'act'] as const;
/** What can be done with a meter of the card. */
export type MeterAct = 'read' | 'replace' | 'remove' | 'seal' | 'verify';
export interface Asked {
  readonly act: MeterAct | 'install' | 'correct';
  readonly meter?: MeterView;
  readonly reading?: ReadingView;
}
interface Props {
  readonly account: AccountMeters;
  readonly asked: Asked;
  readonly onClose: () => void;
}

function useFields(account: AccountMeters): Readonly<Record<string, FieldSpec>> {
  const text = useText();
  const field = (name: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
    name,
    label: text(`metering.ui.form.${name}`),
    ...more,
  });
  return {
    on: field('on', { kind: 'day', initial: account.today }),
    takenOn: field('takenOn', { kind: 'day', initial: account.today }),
    value: field('value', { kind: 'number' }),
    finalValue: field('finalValue', { kind: 'number' }),
    serial: field('serial'),
    digits: field('digits', { kind: 'number', initial: '5' }),
    initial: field('initial', { kind: 'number', initial: '0' }),
    place: field('place', { optional: true }),
    seal: field('seal'),
    sealIf: field('seal', { optional: true }),
    due: field('due', { kind: 'day', optional: true, hint: text('metering.ui.form.due-hint') }),
    document: field('document'),
    source: field('source', {
      kind: 'choice',
      initial: 'operator',
      options: SOURCES.map((value) => ({ value, label: text(`metering.ui.source.${value}`) })),
    }),
    service: field('service', {
      kind: 'choice',
      initial: account.services[0]?.code ?? '',
      options: account.services.map(({ code, name }) => ({ value: code, label: name })),
    }),
  };
}

function pick(all: Readonly<Record<string, FieldSpec>>, names: readonly string[]): readonly FieldSpec[] {
  return names.flatMap((name) => all[name] ?? []);
}

/** The last reading under the field: what the new one is compared with. */
function Before({ meter }: { meter: MeterView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const before = meter.before ? formatDecimal(meter.before.value, locale) : formatDecimal(meter.initial, locale);
  return (
    <p>
      <b>{meter.serviceName}</b>, № {meter.serial}. {text('metering.ui.form.before', { value: before })}
      {meter.average !== null &&
        ` ${text('metering.ui.form.average', { value: formatDecimal(meter.average, locale), unit: meter.unit })}`}
    </p>
  );
}

function Photo({ photo, onPhoto }: { photo: string | undefined; onPhoto: (photo: string) => void }): ReactNode {
  const text = useText();
  const api = useApi();
  const sentence = useErrorText();
  const [size, setSize] = useState(0);
  const keep = async (file: File): Promise<void> => {
    try {
      const kept = await api.call<PhotoDone>('metering/photos', { method: 'POST', bytes: file });
      setSize(kept.size);
      onPhoto(kept.photo);
    } catch (error) {
      toast.failed(text('metering.ui.form.photo-failed'), sentence(error));
    }
  };
  return (
    <FileDrop
      title={text(photo ? 'metering.ui.form.photo-kept' : 'metering.ui.form.photo')}
      hint={
        photo ? text('metering.ui.form.photo-size', { size: formatCount(size) }) : text('metering.ui.form.photo-hint')
      }
      accept="image/*"
      onFile={(file) => void keep(file)}
    />
  );
}

function ReadForm({ account, asked, onClose }: Props): ReactNode {
  const text = useText();
  const [photo, setPhoto] = useState<string>();
  const fields = useFields(account);
  const { meter, reading } = asked;
  if (!meter) return null;
  const isCorrection = asked.act === 'correct';
  const body = (values: Values): object => ({
    value: decimal(values['value']),
    takenOn: values['takenOn'],
    reason: values['reason'],
    ...(isCorrection ? {} : { meterId: meter.id, source: values['source'] }),
    ...(photo ? { photo } : {}),
  });
  const path = isCorrection ? `readings/${reading?.id}/correct` : 'readings';
  return (
    <ActForm
      title={text(`metering.ui.act.${asked.act}`)}
      action={text(`metering.ui.act.${asked.act}`)}
      done={text('metering.ui.done.read')}
      path={`metering/accounts/${account.number}/${path}`}
      effect={<Before meter={meter} />}
      fields={pick(fields, isCorrection ? ['value', 'takenOn'] : ['value', 'takenOn', 'source'])}
      body={body}
      onClose={onClose}
    >
      <Photo photo={photo} onPhoto={setPhoto} />
    </ActForm>
  );
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  install: ['service', 'serial', 'digits', 'on', 'initial', 'place', 'sealIf', 'due'],
  replace: ['on', 'finalValue', 'serial', 'digits', 'initial', 'sealIf', 'due'],
  remove: ['on', 'finalValue'],
  seal: ['on', 'seal'],
  verify: ['on', 'document', 'due'],
};

function bodyOf(act: string, values: Values): object {
  const device = {
    serial: values['serial'],
    digits: Number(values['digits']),
    initial: decimal(values['initial']),
    ...typed('seal', values['seal']),
  };
  const due = typed(act === 'verify' ? 'due' : 'verificationDue', values['due']);
  const reason = { reason: values['reason'] };
  const on = values['on'];
  switch (act) {
    case 'install':
      return {
        ...device,
        ...due,
        ...reason,
        ...typed('place', values['place']),
        service: values['service'],
        installedOn: on,
      };
    case 'replace':
      return { ...device, ...due, ...reason, on, finalValue: decimal(values['finalValue']) };
    case 'remove':
      return { ...reason, on, finalValue: decimal(values['finalValue']) };
    case 'seal':
      return { ...reason, on, seal: values['seal'] };
    default:
      return { ...due, ...reason, on, document: values['document'] };
  }
}

/** The form of one act over a meter, or of a new one. */
export function MeterForm(props: Props): ReactNode {
  const { account, asked, onClose } = props;
  const text = useText();
  const all = useFields(account);
  const { act, meter } = asked;
  if (act === 'read' || act === 'correct') return <ReadForm {...props} />;
  const at = meter ? `meters/${meter.id}/${act}` : 'meters';
  return (
    <ActForm
      title={text(`metering.ui.act.${act}`)}
      action={text(`metering.ui.act.${act}`)}
      done={text(`metering.ui.done.${act}`)}
      path={`metering/accounts/${account.number}/${at}`}
      {...(meter ? { effect: <Before meter={meter} /> } : {})}
      fields={pick(all, FIELDS[act] ?? [])}
      body={(values) => bodyOf(act, values)}
      onClose={onClose}
    />
  );
}
