'use client';
import { useRead } from '@komplat/api-client';
import { Card, Figure, formatPeriod, isZeroMoney, MoneyCell, useLocale, useMessage, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { DifferenceView } from '../../contract/index.ts';

/** Why the month asks for another sum than the one before: sentences whose sums add up to the difference. */
export function DifferenceCard({ number, month }: { number: string; month: string | undefined }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const read = useRead<{ difference: DifferenceView | null }>(`billing/accounts/${number}/difference`, { month });
  const found = read.data?.difference;
  if (!found) return null;
  const title = text('billing.ui.difference.title', { month: formatPeriod(found.month, locale) });
  return (
    <Card title={title} sub={text('billing.ui.difference.with', { month: formatPeriod(found.previous, locale) })}>
      <div className="scrollx">
        <table className="tbl dense" data-difference>
          <caption>{title}</caption>
          <tbody>
            <tr>
              <th scope="row">{text('billing.ui.difference.before', { month: formatPeriod(found.previous, locale) })}</th>
              <td className="r">
                <MoneyCell value={found.before} />
              </td>
            </tr>
            <Parts found={found} number={number} />
            {found.awaited.length > 0 && (
              <tr>
                <td colSpan={2} className="t2">
                  {text('billing.ui.difference.awaited', { services: found.awaited.map(({ serviceName }) => serviceName).join(', ') })}
                </td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text('billing.ui.difference.after', { month: formatPeriod(found.month, locale) })}</th>
              <td className="r">
                <Figure value={found.after} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}

function Parts({ found, number }: { found: DifferenceView; number: string }): ReactNode {
  const text = useText();
  const message = useMessage();
  if (isZeroMoney(found.difference) && found.parts.length === 0) {
    return (
      <tr>
        <td colSpan={2} className="t2">
          {text('billing.ui.difference.same')}
        </td>
      </tr>
    );
  }
  return found.parts.map((part) => (
    <tr key={`${part.cause}${part.service}${part.provider}`} data-part={part.amount}>
      <td>{message(part.text)}</td>
      <td className="r">
        <MoneyCell value={part.amount} traceRef={traceOf(number, found.month, part)} />
      </td>
    </tr>
  ));
}

const OF_CHARGE = new Set(['tariff', 'average-price', 'quantity', 'area', 'norm', 'persons', 'days', 'started']);

/** What stands on a charge opens the charge; a correction or a benefit has its own line on the card. */
const traceOf = (number: string, month: string, part: DifferenceView['parts'][number]): string | undefined =>
  OF_CHARGE.has(part.cause) ? `accrual:${month}:${number}:${part.service}:${part.provider}` : undefined;
