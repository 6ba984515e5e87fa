'use client';
import { Card, Empty, formatDay, formatPeriod, MoneyCell, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountCard } from './card-types.ts';
import { ProviderName, ServiceName } from './names.tsx';
import { sumMoney } from './sum.ts';

/** What is not paid, the oldest first: the order in which money will cover it. */
export function OpenItemsTable({ card }: { card: AccountCard }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const title = text('billing.ui.debt.title');
  const items = [...card.openItems].sort((left, right) => left.month.localeCompare(right.month));
  const names = new Map(card.services.map((service) => [service.serviceCode, service.serviceName]));
  const providers = new Map(card.services.map((service) => [service.providerCode, service.providerName]));
  return (
    <Card title={title} sub={text('billing.ui.debt.order')}>
      {items.length === 0 ? (
        <Empty icon="done" title={text('billing.ui.debt.empty')} text={text('billing.ui.debt.empty-text')} />
      ) : (
        <div className="scrollx">
          <table className="tbl dense">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{text('billing.ui.debt.month')}</th>
                <th scope="col">{text('billing.ui.card.service')}</th>
                <th scope="col">{text('billing.ui.card.provider')}</th>
                <th scope="col">{text('billing.ui.debt.due-on')}</th>
                <th scope="col" className="r">
                  {text('billing.ui.debt.due')}
                </th>
                <th scope="col" className="r">
                  {text('billing.ui.debt.outstanding')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={`${item.month}${item.service}${item.provider}`}>
                  <th scope="row">{formatPeriod(item.month, locale)}</th>
                  <td>
                    <ServiceName code={item.service} name={names.get(item.service) ?? item.service} />
                  </td>
                  <td className="t2">
                    <ProviderName name={providers.get(item.provider) ?? item.provider} />
                  </td>
                  <td className="tnum">{formatDay(item.dueOn)}</td>
                  <td className="r">
                    <MoneyCell
                      value={item.due}
                      traceRef={`accrual:${item.month}:${card.account.number}:${item.service}:${item.provider}`}
                    />
                  </td>
                  <td className="r">
                    <MoneyCell value={item.outstanding} strong />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{text('billing.ui.card.sum')}</th>
                <td colSpan={3} />
                <td className="r">
                  <MoneyCell value={sumMoney(items.map((item) => item.due))} />
                </td>
                <td className="r">
                  <MoneyCell value={sumMoney(items.map((item) => item.outstanding))} />
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </Card>
  );
}
