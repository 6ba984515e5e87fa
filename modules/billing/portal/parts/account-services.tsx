'use client';
import {
  Card,
  formatDay,
  formatPeriod,
  MoneyCell,
  shiftPeriod,
  StatusPill,
  useLocale,
  useMe,
  useText,
  type MoneyValue,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountCard, CardMonth, CardService } from './card-types.ts';
import { balanceRef, isAwaited } from './card-figures.ts';
import { ProviderName, ServiceName } from './names.tsx';
import { sumMoney } from './sum.ts';

const COLUMNS = ['opening', 'charged', 'recalculated', 'benefit', 'paid', 'closing'] as const;
type ColumnName = (typeof COLUMNS)[number];

const valueOf = (month: CardMonth | undefined, name: ColumnName): string | undefined => {
  if (!month) return undefined;
  if (name === 'benefit') return sumMoney([month.benefit, month.subsidy]);
  if (name === 'paid') return sumMoney([month.paid, month.other]);
  return month[name];
};

/** A value or the reason of its absence: a charge that an open month does not have yet is not zero. */
const shown = (month: CardMonth | undefined, name: ColumnName): MoneyValue => {
  if (name === 'charged' && month && isAwaited(month)) return { missing: 'not-received' };
  return valueOf(month, name) ?? { missing: 'none' };
};

function Row({ number, service, period }: { number: string; service: CardService; period: string }): ReactNode {
  const text = useText();
  const { period: current } = useMe();
  const month = service.months.find((item) => item.month === period);
  const refOf = (name: ColumnName): string | undefined => {
    if (name === 'charged') return month?.traceRef ?? undefined;
    return name === 'closing' && period === current ? balanceRef(number, service) : undefined;
  };
  return (
    <tr>
      <th scope="row">
        <span className="row">
          <ServiceName code={service.serviceCode} name={service.serviceName} />
          {service.debtMonths >= 3 && (
            <StatusPill kind="warn" icon="clock">
              {text('billing.ui.card.debt-short', { count: service.debtMonths })}
              <span className="vh">{text('billing.ui.card.debt-months', { count: service.debtMonths })}</span>
            </StatusPill>
          )}
        </span>
      </th>
      <td className="t2">
        <ProviderName name={service.providerName} />
      </td>
      {COLUMNS.map((name) => (
        <td key={name} className="r">
          <MoneyCell value={shown(month, name)} traceRef={refOf(name)} strong={name === 'closing'} />
        </td>
      ))}
    </tr>
  );
}

/** The first day of the month, the first one after it; a card of a day inside the month ends on that day. */
const dayOf = (name: ColumnName, period: string, asOf: string | null): string =>
  name === 'closing' && asOf?.startsWith(period) ? asOf : `${name === 'opening' ? period : shiftPeriod(period, 1)}-01`;

/** How each service stands in the chosen month; the last row adds up what is above it. */
export function ServicesTable({ card, period }: { card: AccountCard; period: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const total = (name: ColumnName): string =>
    sumMoney(
      card.services.map((service) =>
        valueOf(
          service.months.find((item) => item.month === period),
          name,
        ),
      ),
    );
  const awaited = card.services.every((service) => {
    const month = service.months.find((item) => item.month === period);
    return month === undefined || isAwaited(month);
  });
  const open = card.services.some((service) => service.months.find((item) => item.month === period)?.state === 'open');
  return (
    <Card
      title={text('billing.ui.card.services', { period: formatPeriod(period, locale) })}
      sub={text(open ? 'billing.ui.card.open' : 'billing.ui.card.closed')}
    >
      <div
        className="scrollx"
        tabIndex={0}
        role="region"
        aria-label={text('billing.ui.card.services', { period: formatPeriod(period, locale) })}
      >
        <table className="tbl dense tight">
          <caption>{text('billing.ui.card.services', { period: formatPeriod(period, locale) })}</caption>
          <thead>
            <tr>
              <th scope="col">{text('billing.ui.card.service')}</th>
              <th scope="col">{text('billing.ui.card.provider')}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className="r">
                  {name === 'opening' || name === 'closing'
                    ? text('billing.ui.card.on', {
                        day: formatDay(dayOf(name, period, card.asOf)).slice(0, 5),
                      })
                    : text(`billing.ui.card.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {card.services.map((service) => (
              <Row
                key={`${service.serviceCode}${service.providerCode}`}
                number={card.account.number}
                service={service}
                period={period}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text('billing.ui.card.total', { count: card.services.length })}</th>
              <td />
              {COLUMNS.map((name) => (
                <td key={name} className="r">
                  <MoneyCell value={name === 'charged' && awaited ? { missing: 'not-received' } : total(name)} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}
