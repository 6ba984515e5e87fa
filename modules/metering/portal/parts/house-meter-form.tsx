'use client';
import { useMe, usePeriod, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { HouseMeters } from '../../contract/index.ts';
import { ActForm, decimal, typed, type FieldSpec, type Values } from './act-form.tsx';
import { useField, useServices } from './house-forms.tsx';

export const HOUSE_METER_ACTS = ['read', 'replace', 'verify'] as const;
export interface HouseAsked {
  readonly act: (typeof HOUSE_METER_ACTS)[number] | 'install';
  readonly meter?: HouseMeters['meters'][number];
}

const deviceOf = (values: Values): object => ({
  serial: values['serial'],
  digits: Number(values['digits']),
  multiplier: decimal(values['multiplier']),
  initial: decimal(values['initial']),
  ...typed('verificationDue', values['due']),
});

/** What is sent for an act over a house meter. */
function bodyOf({ act, meter }: HouseAsked, values: Values): object {
  const { reason, on } = values;
  switch (act) {
    case 'install':
      return { ...deviceOf(values), service: values['service'], installedOn: on, reason };
    case 'replace':
      return { ...deviceOf(values), on, finalValue: decimal(values['finalValue']), reason };
    case 'verify':
      return { on, due: values['due'], document: values['document'], reason };
    case 'read':
      return { houseMeterId: meter?.id, period: values['period'], value: decimal(values['value']), takenOn: values['takenOn'], correct: true, reason };
  }
}

/** The form of one act over a house meter, or of a new one. */
export function HouseMeterForm({ house, asked, onClose }: { house: string; asked: HouseAsked; onClose: () => void }): ReactNode {
  const text = useText();
  const field = useField();
  const services = useServices();
  const { today } = useMe();
  const { period } = usePeriod();
  const { act, meter } = asked;
  const on = field('on', { kind: 'day', initial: today });
  const device: readonly FieldSpec[] = [
    field('serial'),
    field('digits', { kind: 'number', initial: String(meter?.digits ?? 6) }),
    field('multiplier', { kind: 'number', initial: meter?.multiplier ?? '1' }),
    field('initial', { kind: 'number', initial: '0' }),
    field('due', { kind: 'day', optional: true }),
  ];
  const fields: Readonly<Record<HouseAsked['act'], readonly FieldSpec[]>> = {
    install: [services, on, ...device],
    replace: [on, field('finalValue', { kind: 'number' }), ...device],
    verify: [on, field('document'), field('due', { kind: 'day' })],
    read: [field('period', { initial: period }), field('value', { kind: 'number' }), field('takenOn', { kind: 'day', initial: today })],
  };
  const at = `metering/houses/${encodeURIComponent(house)}`;
  const path = act === 'install' ? `${at}/meters` : act === 'read' ? `${at}/readings` : `${at}/meters/${meter?.id}/${act}`;
  return (
    <ActForm
      title={text(`metering.ui.houses.${act}`)}
      action={text(`metering.ui.houses.${act}`)}
      done={text('metering.ui.houses.done')}
      path={path}
      fields={fields[act]}
      body={(values) => bodyOf(asked, values)}
      onClose={onClose}
    />
  );
}
