'use client';
import { AppLink, Card, formatDay, MoneyCell, shiftPeriod, useText, type MoneyValue } from '@komplat/ui';
import type { ReactNode } from 'react';
import { isBefore, type Lane } from './close-words.ts';
import { ProviderName } from './names.tsx';
import { sumMoney } from './sum.ts';

const COLUMNS = ['opening', 'charged', 'recalculated', 'benefit', 'paid', 'due'] as const;
const shown = (value: string | null): MoneyValue => value ?? { missing: 'not-received' };

/** Money of the lanes while the month closes: preliminary turnover by provider. */
export function CloseMoney({ period, lanes }: { period: string; lanes: readonly Lane[] }): ReactNode {
  const text = useText();
  const title = text('billing.ui.close.money');
  const day = (month: string): string => formatDay(`${month}-01`).slice(0, 5);
  return (
    <Card
      title={title}
      sub={text('billing.ui.close.money-sub')}
      right={
        <AppLink className="sm" href={`/billing/turnover?period=${period}`}>
          {text('billing.ui.nav.turnover')}
        </AppLink>
      }
    >
      <div className="money-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="tbl dense tight">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{text('ui.uah')}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className="r">
                  {name === 'opening' || name === 'due'
                    ? text('billing.ui.card.on', { day: day(name === 'opening' ? period : shiftPeriod(period, 1)) })
                    : text(`billing.ui.close.col-${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => (
              <tr key={lane.provider.code}>
                <th scope="row">
                  <ProviderName name={lane.provider.name} />
                </th>
                {COLUMNS.map((name) => (
                  <td key={name} className="r">
                    <MoneyCell
                      value={name === 'charged' && isBefore(lane) ? { missing: 'not-received' } : shown(lane[name])}
                      strong={name === 'due'}
                      short
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text('billing.ui.card.sum')}</th>
              {COLUMNS.map((name) => (
                <td key={name} className="r">
                  <MoneyCell value={sumMoney(lanes.map((lane) => lane[name]))} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}
