'use client';
import {
  AppLink,
  Card,
  Empty,
  formatDay,
  formatInstant,
  formatPeriod,
  MoneyCell,
  StatusPill,
  useLocale,
  useMessage,
  useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountCard } from './card-types.ts';
import { ProviderName, ServiceName } from './names.tsx';
import { sumMoney } from './sum.ts';

const wordOf = (text: ReturnType<typeof useText>, key: string, code: string): string =>
  text.has(`${key}.${code}`) ? text(`${key}.${code}`) : code;

/** Payments, newest first; the file and its row are one click away. */
export function PaymentsTable({ card }: { card: AccountCard }): ReactNode {
  const text = useText();
  const message = useMessage();
  const title = text('billing.ui.payments.title');
  return (
    <Card title={title} sub={text('billing.ui.payments.order')}>
      {card.payments.length === 0 ? (
        <Empty icon="wallet" title={text('billing.ui.payments.empty')} text={text('billing.ui.payments.empty-text')} />
      ) : (
        <div className="scrollx">
          <table className="tbl dense">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{text('billing.ui.payments.paid-on')}</th>
                <th scope="col">{text('billing.ui.payments.channel')}</th>
                <th scope="col">{text('billing.ui.payments.source')}</th>
                <th scope="col">{text('billing.ui.payments.booked')}</th>
                <th scope="col" className="r">
                  {text('billing.ui.payments.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {card.payments.map((payment) => (
                <tr key={payment.id}>
                  <th scope="row">{formatDay(payment.paidOn)}</th>
                  <td>{wordOf(text, 'billing.ui.channel', payment.channel)}</td>
                  <td className="t2">
                    {payment.importId ? (
                      <AppLink href={`/payments/imports/${payment.importId}?line=${payment.line ?? ''}`}>
                        {text('billing.ui.payments.row', { line: payment.line ?? '' })}
                      </AppLink>
                    ) : (
                      message(payment.note)
                    )}
                  </td>
                  <td className="t2 tnum">
                    {payment.reversed ? (
                      <StatusPill kind="idle" icon="undo">
                        {text('billing.ui.payments.reversed')}
                      </StatusPill>
                    ) : (
                      formatInstant(payment.bookedAt)
                    )}
                  </td>
                  <td className="r">
                    <MoneyCell value={payment.amount} traceRef={`payment:${payment.id}`} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{text('billing.ui.card.sum')}</th>
                <td colSpan={3} />
                <td className="r">
                  <MoneyCell
                    value={sumMoney(
                      card.payments.filter((payment) => !payment.reversed).map((payment) => payment.amount),
                    )}
                  />
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </Card>
  );
}

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
