'use client';
import {
  Card,
  formatPeriodShort,
  IconButton,
  MoneyCell,
  Segments,
  shiftPeriod,
  useMe,
  useSearchState,
  useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountCard, CardMonth, CardService } from './card-types.ts';
import { isAwaited } from './card-figures.ts';
import { ServiceName } from './names.tsx';
import { sumMoney } from './sum.ts';

const VIEWS = ['charged', 'paid', 'closing'] as const;
type View = (typeof VIEWS)[number];
const MONTHS = 12;

const isView = (value: string | null): value is View => VIEWS.some((view) => view === value);
const monthOf = (service: CardService, month: string): CardMonth | undefined =>
  service.months.find((item) => item.month === month);

function Cell({ item, view }: { item: CardMonth | undefined; view: View }): ReactNode {
  if (!item || item.state === 'none') return <span className="mut">–</span>;
  if (view === 'charged' && isAwaited(item)) return <MoneyCell value={{ missing: 'not-received' }} short />;
  return <MoneyCell value={item[view]} traceRef={view === 'charged' ? (item.traceRef ?? undefined) : undefined} />;
}

function Months(props: {
  services: readonly CardService[];
  months: readonly string[];
  view: View;
  period: string;
}): ReactNode {
  const { services, months, view, period } = props;
  const text = useText();
  return (
    <div className="scrollx" tabIndex={0} role="region" aria-label={text(`billing.ui.matrix.${view}`)}>
      <table className="tbl dense mx">
        <caption>{text(`billing.ui.matrix.${view}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{text('ui.uah')}</th>
            {months.map((month) => (
              <th key={month} scope="col" className={`r ${month === period ? 'cur' : ''}`}>
                {formatPeriodShort(month)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={`${service.serviceCode}${service.providerCode}`}>
              <th scope="row" title={`${service.serviceName}, ${service.providerName}`}>
                <ServiceName code={service.serviceCode} name={service.serviceName} />
              </th>
              {months.map((month) => (
                <td key={month} className="r">
                  <Cell item={monthOf(service, month)} view={view} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('billing.ui.card.sum')}</th>
            {months.map((month) => (
              <td key={month} className="r">
                <MoneyCell value={sumMoney(services.map((service) => monthOf(service, month)?.[view]))} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Twelve months by service. The arrows go by a year, back to the first month of the account. */
export function MonthsMatrix({ card, period }: { card: AccountCard; period: string }): ReactNode {
  const text = useText();
  const { period: current } = useMe();
  const [search, set] = useSearchState();
  const asked = search.get('view');
  const view = isView(asked) ? asked : 'charged';
  const months = [...card.months].sort();
  const last = months.at(-1) ?? current;
  const first = months[0] ?? current;
  const go = (end: string): void => set({ until: end >= current ? undefined : end });
  return (
    <Card
      title={text(`billing.ui.matrix.${view}`)}
      right={
        <>
          <Segments
            label={text('billing.ui.matrix.view')}
            value={view}
            options={VIEWS.map((value) => ({ value, label: text(`billing.ui.matrix.${value}-short`) }))}
            onChange={(value) => set({ view: value === 'charged' ? undefined : value })}
          />
          <IconButton
            icon="chevron-left"
            small
            label={text('billing.ui.matrix.earlier')}
            aria-disabled={first <= card.firstMonth || undefined}
            onClick={() => first > card.firstMonth && go(shiftPeriod(last, -MONTHS))}
          />
          <IconButton
            icon="chevron-right"
            small
            label={text('billing.ui.matrix.later')}
            aria-disabled={last >= current || undefined}
            onClick={() => last < current && go(shiftPeriod(last, MONTHS))}
          />
        </>
      }
    >
      <Months services={card.services} months={months} view={view} period={period} />
    </Card>
  );
}
