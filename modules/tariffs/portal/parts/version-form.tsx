'use client';
import { Banner, formatAccount, formatDay, formatDecimal, formatMoney, formatPeriod, formatPeriodShort, ImpactPreview, shortCompany, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import { VALUE_MARKS, type ValueVersion, type VersionLook } from '../../contract/index.ts';
import { type Draft, type StepField, TwoStepForm } from './two-step-form.tsx';

function bodyOf({ book, key }: ValueVersion, { value = '', to, ...rest }: Draft): object {
  const number = value.trim().replace(',', '.').replaceAll(/\s/g, '');
  return { ...rest, book, key, to: to || null, ...(number ? { value: number } : {}) };
}

/** A parameter that names only its days needs the last of them and no value. */
function useFields({ value, unit }: ValueVersion): readonly StepField[] {
  const text = useText();
  const field = (name: string, more: Partial<StepField> = {}): StepField => ({ name, label: text(`tariffs.ui.form.${name}`), ...more });
  const daysOnly = value === '';
  return [
    ...(daysOnly ? [] : [field('value', { kind: 'number', note: unit })]),
    field('from', { kind: 'day' }),
    field('to', { kind: 'day', optional: !daysOnly }),
    field('decisionBody'),
    field('decisionNumber'),
    field('decisionDate', { kind: 'day' }),
    field('mark', { options: VALUE_MARKS.map((mark) => ({ value: mark, label: text(`tariffs.ui.mark.${mark.replaceAll(' ', '-')}`) })) }),
  ];
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
            rows={money.effects.map(({ month, service, serviceName, provider, providerName, before, after }) => ({
              key: `${month}${service}${provider}`, label: `${formatPeriodShort(month)} ${serviceName}, ${shortCompany(providerName)}`, was: sum(before), becomes: sum(after),
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
  const fields = useFields(row);
  return (
    <TwoStepForm<VersionLook>
      title={text('tariffs.ui.form.title', { name: row.serviceName ?? row.name })}
      path="tariffs/values"
      see={text('tariffs.ui.form.look')}
      asked={text('tariffs.ui.asked')}
      fields={fields}
      body={(draft) => bodyOf(row, draft)}
      look={(look) => <Look look={look} />}
      onClose={onClose}
    />
  );
}
