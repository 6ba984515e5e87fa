'use client';
import { useList } from '@komplat/api-client';
import {
  Card,
  Empty,
  formatPeriod,
  Frame,
  Icon,
  MoneyCell,
  Segments,
  useLocale,
  usePastDays,
  useSearchState,
  useText,
  VirtualTable,
  type RowAttributes,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { HistoryMonth, HistoryService } from '../../contract/index.ts';
import { ServiceName } from './names.tsx';

const COLUMNS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other', 'closing'] as const;
const PAGE = 36;

interface Line {
  readonly key: string;
  readonly month: HistoryMonth;
  /** Absent = the month itself. */
  readonly service?: HistoryService;
}

/** Months, and under each that is unfolded its services. */
const linesOf = (months: readonly HistoryMonth[], isOpen: (month: string) => boolean): Line[] =>
  months.flatMap((month) => [
    { key: month.month, month },
    ...(isOpen(month.month)
      ? month.services.map((service) => ({ key: `${month.month}/${service.serviceCode}/${service.providerCode}`, month, service }))
      : []),
  ]);

function MonthLine(props: { line: Line; attributes: RowAttributes; isOpen: boolean; onToggle: () => void }): ReactNode {
  const { month } = props.line;
  const text = useText();
  const locale = useLocale();
  return (
    <tr {...props.attributes}>
      <th scope="row">
        <button type="button" className="row bare" aria-expanded={props.isOpen} onClick={props.onToggle}>
          <Icon name={props.isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
          {formatPeriod(month.month, locale)}
          <span className="vh">, {text('billing.ui.history.services', { count: month.services.length })}</span>
        </button>
      </th>
      {COLUMNS.map((column) => (
        <td key={column} className="r">
          {column === 'charged' && month.awaited && /^-?0\.00$/.test(month.charged) ? (
            <MoneyCell value={{ missing: 'not-received' }} short />
          ) : (
            <MoneyCell value={month[column]} strong={column === 'closing'} />
          )}
        </td>
      ))}
    </tr>
  );
}

const ServiceLine = ({ line, attributes }: { line: Line; attributes: RowAttributes }): ReactNode =>
  line.service && (
    <tr {...attributes} className="part">
      <th scope="row" title={`${line.service.serviceName}, ${line.service.providerName}`}>
        <ServiceName code={line.service.serviceCode} name={line.service.serviceName} />
      </th>
      {COLUMNS.map((column) => (
        <td key={column} className="r">
          <MoneyCell
            value={line.service?.[column] ?? { missing: 'none' }}
            traceRef={column === 'charged' ? (line.service?.traceRef ?? undefined) : undefined}
          />
        </td>
      ))}
    </tr>
  );

function Head(): ReactNode {
  const text = useText();
  return (
    <tr>
      <th scope="col">{text('billing.ui.history.month')}</th>
      {COLUMNS.map((column) => (
        <th key={column} scope="col" className="r">
          {text(`billing.ui.history.${column}`)}
        </th>
      ))}
    </tr>
  );
}

/** Every month of the account, the newest first, back to the first one: pages come as one scrolls. */
export function HistoryTable({ number }: { number: string }): ReactNode {
  const text = useText();
  const { asOf, knownAt } = usePastDays();
  const [search, set] = useSearchState();
  const whole = search.get('rows') === 'services';
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const read = useList<HistoryMonth>(`billing/accounts/${number}/months`, { limit: PAGE, asOf, knownAt });
  const isOpen = (month: string): boolean => turned.has(month) !== whole;
  const toggle = (month: string): void => {
    const next = new Set(turned);
    if (!next.delete(month)) next.add(month);
    setTurned(next);
  };
  const title = text('billing.ui.history.by-month');
  return (
    <Card
      title={title}
      sub={text('billing.ui.history.order')}
      right={
        <Segments
          label={text('billing.ui.history.rows')}
          value={whole ? 'services' : 'months'}
          options={(['months', 'services'] as const).map((value) => ({ value, label: text(`billing.ui.history.rows-${value}`) }))}
          onChange={(value) => {
            setTurned(new Set());
            set({ rows: value === 'services' ? value : undefined });
          }}
        />
      }
    >
      <Frame read={read} rows={12} permission="billing.card.read">
        {({ pages }) => {
          const months = pages.flatMap((page) => page.items);
          if (months.length === 0) return <Empty icon="calendar" title={text('billing.ui.history.empty')} />;
          return (
            <VirtualTable
              caption={title}
              className="tight"
              place={`history ${number}`}
              head={<Head />}
              columns={COLUMNS.length + 1}
              rows={linesOf(months, isOpen)}
              rowKey={(line) => line.key}
              onOpen={(line) => toggle(line.month.month)}
              openHelp="ui.keys.unfold"
              more={{ has: read.hasNextPage, busy: read.isFetchingNextPage, fetch: () => void read.fetchNextPage() }}
              row={(line, attributes) =>
                line.service ? (
                  <ServiceLine key={line.key} line={line} attributes={attributes} />
                ) : (
                  <MonthLine
                    key={line.key}
                    line={line}
                    attributes={attributes}
                    isOpen={isOpen(line.month.month)}
                    onToggle={() => toggle(line.month.month)}
                  />
                )
              }
            />
          );
        }}
      </Frame>
    </Card>
  );
}
