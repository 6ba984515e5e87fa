'use client';
import {
  Banner, formatDecimal, formatMoney, formatPeriodShort, ImpactPreview, shortCompany, useLocale, useMe, usePeriod, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { QualityActLook } from '../../contract/index.ts';
import { ActForm, decimal, typed, type FieldSpec } from './act-form.tsx';

const SERVICES = ['CW', 'HW', 'HEAT'] as const;
const ACT_SERVICES = ['HEAT', 'HW', 'CW', 'SW', 'GAS', 'EL', 'WASTE', 'MNT', 'LIFT'] as const;

/** A field of the forms of houses with its word. */
export function useField(): (name: string, more?: Partial<FieldSpec>) => FieldSpec {
  const text = useText();
  return (name, more = {}) => ({ name, label: text(`metering.ui.form.${name}`), ...more });
}

/** The choice of a service that houses are metered for. */
export function useServices(codes: readonly string[] = SERVICES): FieldSpec {
  const field = useField();
  const text = useText();
  return field('service', {
    kind: 'choice',
    initial: 'CW',
    options: codes.map((value) => ({ value, label: text(`metering.ui.of.${value}`) })),
  });
}

/** Makes the draft of an act: the parameters of one house and month. */
export function DistributionForm({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (id: string) => void;
}): ReactNode {
  const text = useText();
  const field = useField();
  const services = useServices();
  const { period } = usePeriod();
  const fields = [
    field('house', { hint: text('metering.ui.form.house-hint') }),
    services,
    field('period', { initial: period }),
    field('actNumber'),
    field('houseVolume', { kind: 'number', optional: true, hint: text('metering.ui.form.houseVolume-hint') }),
    field('nonResidential', { kind: 'number', initial: '0' }),
    field('commonShare', { kind: 'number', initial: '0' }),
    field('commonCoefficient', { kind: 'number', initial: '1', hint: text('metering.ui.form.commonCoefficient-hint') }),
    field('needsBy', {
      kind: 'choice',
      initial: 'area',
      options: ['area', 'persons'].map((value) => ({ value, label: text(`metering.act.by-${value}`) })),
    }),
  ];
  const done = (answer: unknown): void => {
    if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
      onMade(answer.id);
  };
  return (
    <ActForm
      title={text('metering.ui.distributions.make')}
      action={text('metering.ui.distributions.make')}
      done={text('metering.ui.done.distribution')}
      path={(values) =>
        `metering/houses/${encodeURIComponent((values['house'] ?? '').trim().toUpperCase())}/distributions`
      }
      fields={fields}
      body={(values) => ({
        service: values['service'],
        period: values['period'],
        actNumber: values['actNumber'],
        nonResidential: decimal(values['nonResidential']),
        commonShare: decimal(values['commonShare']),
        commonCoefficient: decimal(values['commonCoefficient']),
        needsBy: values['needsBy'],
        reason: values['reason'],
        ...typed('houseVolume', decimal(values['houseVolume'])),
      })}
      onClose={onClose}
      onDone={done}
    />
  );
}

/** Whom the act concerns, which months are recalculated and by how much. */
function ActLook({ look }: { look: QualityActLook }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { accounts, percent, mark, closedMonths, money } = look;
  const sum = (value: string): string => formatMoney(value, locale);
  return (
    <div className="stack" style={{ gap: 8 }} data-look>
      <Banner kind="warn">
        {text('metering.ui.acts.look', { accounts: accounts.length, percent: formatDecimal(percent, locale) })}{' '}
        {mark === 'needs a lawyer' ? text('metering.ui.mark.lawyer') : ''}
      </Banner>
      <p>{text('metering.ui.acts.look-flats', { flats: accounts.map(({ flat }) => flat).join(', ') })}</p>
      {closedMonths.length > 0 && <Banner kind="info">{text('metering.ui.acts.look-closed', { months: closedMonths.map((month) => formatPeriodShort(month)).join(', ') })}</Banner>}
      {money.available && money.effects.length > 0 && (
        <ImpactPreview
          caption={text('metering.ui.acts.look-money')}
          rows={money.effects.map((row) => ({
            key: `${row.month}${row.service}${row.provider}`,
            label: `${formatPeriodShort(row.month)} ${row.serviceName}, ${shortCompany(row.providerName)}`,
            was: sum(row.before),
            becomes: sum(row.after),
          }))}
          same={[]}
        />
      )}
      <p>
        {text('metering.ui.acts.look-difference')} <b className="num">{sum(money.difference)}</b> {text('ui.uah')}
      </p>
    </div>
  );
}
const listed = (value: string | undefined): readonly string[] => (value ?? '').split(/[,;\s]+/).filter(Boolean);

/** Records an act of quality or non-delivery for a house, a riser by its flats, or a flat; first whom it concerns and what it costs. */
export function QualityActForm({ onClose }: { onClose: () => void }): ReactNode {
  const text = useText();
  const field = useField();
  const { today } = useMe();
  const services = useServices(ACT_SERVICES);
  const choice = (name: string, values: readonly string[]): FieldSpec =>
    field(name, {
      kind: 'choice',
      initial: values[0] ?? '',
      options: values.map((value) => ({ value, label: text(`metering.ui.acts.${value}`) })),
    });
  return (
    <ActForm
      title={text('metering.ui.acts.make')}
      action={text('metering.ui.acts.make')}
      done={text('metering.ui.done.act')}
      path="metering/quality-acts"
      look={{
        path: 'metering/quality-acts/look',
        action: text('metering.ui.acts.see'),
        view: (answer) => <ActLook look={QualityActLook.parse(answer)} />,
      }}
      fields={[
        field('actNumber'),
        field('actDate', { kind: 'day', initial: today }),
        field('house', { hint: text('metering.ui.form.house-hint') }),
        { ...services, initial: 'HEAT' },
        choice('kind', ['non-delivery', 'quality']),
        choice('scope', ['house', 'riser', 'flat']),
        field('riser', { optional: true }),
        field('flats', { optional: true, hint: text('metering.ui.form.flats-hint') }),
        field('from', { kind: 'day' }),
        field('to', { kind: 'day' }),
        field('percent', { kind: 'number', optional: true, hint: text('metering.ui.form.percent-hint') }),
      ]}
      body={(values) => ({
        actNumber: values['actNumber'],
        actDate: values['actDate'],
        house: (values['house'] ?? '').trim().toUpperCase(),
        service: values['service'],
        kind: values['kind'],
        scope: values['scope'],
        from: values['from'],
        to: values['to'],
        reason: values['reason'],
        ...typed('riser', values['riser']),
        ...typed('percent', decimal(values['percent'])),
        ...(values['scope'] === 'house' || listed(values['flats']).length === 0 ? {} : { flats: listed(values['flats']) }),
      })}
      onClose={onClose}
    />
  );
}
