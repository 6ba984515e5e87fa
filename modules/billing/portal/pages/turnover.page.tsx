'use client';
import { useApi, useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  Empty,
  formatCount,
  formatDay,
  formatPeriod,
  Frame,
  MoneyCell,
  PageHeader,
  Segments,
  shiftPeriod,
  toast,
  useErrorText,
  useLocale,
  useMe,
  useSearchState,
  useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { Turnover, TurnoverRow } from '../../contract/index.ts';
import { ProviderName, ServiceName } from '../parts/names.tsx';
import { sumMoney } from '../parts/sum.ts';

const GROUPS = ['service', 'provider', 'house'] as const;
const COLUMNS = ['opening', 'charged', 'recalculated', 'benefit', 'paid', 'closing'] as const;
type ColumnName = (typeof COLUMNS)[number];
type Figures = Pick<TurnoverRow, ColumnName | 'subsidy' | 'other'>;

const valueOf = (row: Figures, name: ColumnName): string => {
  if (name === 'benefit') return sumMoney([row.benefit, row.subsidy]);
  return name === 'paid' ? sumMoney([row.paid, row.other]) : row[name];
};

function Sheet({ turnover }: { turnover: Turnover }): ReactNode {
  const text = useText();
  const day = (month: string): string => formatDay(`${month}-01`).slice(0, 5);
  const title = text('billing.ui.turnover.title');
  if (turnover.rows.length === 0) {
    return (
      <Empty icon="table" title={text('billing.ui.turnover.empty')} text={text('billing.ui.turnover.empty-text')} />
    );
  }
  const withProvider = turnover.groupBy === 'service';
  return (
    <div className="scrollx" tabIndex={0} role="region" aria-label={title}>
      <table className="tbl dense">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{text(`billing.ui.turnover.by-${turnover.groupBy}`)}</th>
            {withProvider && <th scope="col">{text('billing.ui.card.provider')}</th>}
            <th scope="col" className="r">
              {text('billing.ui.turnover.accounts')}
            </th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="r">
                {name === 'opening' || name === 'closing'
                  ? text('billing.ui.card.on', {
                      day: day(name === 'opening' ? turnover.period : shiftPeriod(turnover.period, 1)),
                    })
                  : text(`billing.ui.card.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {turnover.rows.map((row) => (
            <tr key={`${row.key}${row.provider}`}>
              <th scope="row">
                {turnover.groupBy === 'service' ? (
                  <ServiceName code={row.key.split(':')[0] ?? row.key} name={row.title} />
                ) : (
                  <span className="short wide" title={row.title}>
                    {row.title}
                  </span>
                )}
              </th>
              {withProvider && (
                <td className="t2">
                  <ProviderName name={row.provider} />
                </td>
              )}
              <td className="r tnum">{formatCount(row.accounts)}</td>
              {COLUMNS.map((name) => (
                <td key={name} className="r">
                  <MoneyCell value={valueOf(row, name)} strong={name === 'closing'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('billing.ui.turnover.total', { count: turnover.rows.length })}</th>
            {withProvider && <td />}
            <td className="r tnum">{formatCount(turnover.totals.accounts)}</td>
            {COLUMNS.map((name) => (
              <td key={name} className="r">
                <MoneyCell value={valueOf(turnover.totals, name)} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Export({ period, groupBy }: { period: string; groupBy: string }): ReactNode {
  const text = useText();
  const api = useApi();
  const sentence = useErrorText();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { blob, name } = await api.download('billing/turnover.xlsx', { period, groupBy });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name.endsWith('.xlsx') ? name : `turnover-${period}.xlsx`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      toast.failed(text('billing.ui.turnover.not-saved'), sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="file-down" busy={busy} onClick={() => void save()}>
      {text('billing.ui.turnover.export')}
    </Button>
  );
}

/** Turnover of a month: what was, what was charged, what was paid, what is left. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { period: current } = useMe();
  const [search, set] = useSearchState();
  const period = search.get('period') ?? current;
  const groupBy = GROUPS.find((name) => name === search.get('by')) ?? 'service';
  const read = useRead<Turnover>('billing/turnover', { period, groupBy });
  return (
    <>
      <PageHeader
        title={text('billing.ui.turnover.heading', { period: formatPeriod(period, locale) })}
        text={text('billing.ui.turnover.text')}
        actions={<Export period={period} groupBy={groupBy} />}
      />
      <Card
        title={text('billing.ui.turnover.title')}
        sub={formatPeriod(period, locale)}
        right={
          <Segments
            label={text('billing.ui.turnover.group')}
            value={groupBy}
            options={GROUPS.map((value) => ({ value, label: text(`billing.ui.turnover.by-${value}`) }))}
            onChange={(value) => set({ by: value === 'service' ? undefined : value })}
          />
        }
      >
        <Frame read={read} rows={12} permission="billing.turnover.read">
          {(turnover) => <Sheet turnover={turnover} />}
        </Frame>
      </Card>
    </>
  );
}
