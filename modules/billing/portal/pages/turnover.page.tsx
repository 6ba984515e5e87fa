'use client';
import { useApi, useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  type Column,
  DataTable,
  Empty,
  formatCount,
  formatDay,
  formatPeriod,
  MoneyCell,
  PageHeader,
  Segments,
  shiftPeriod,
  toast,
  useErrorText,
  useLocale,
  usePeriod,
  useSearchState,
  useText,
  wholeList,
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

/** `1234.56` as whole kopecks, to compare only. */
const kopecks = (value: string): bigint => BigInt(value.replace('.', ''));

function compare(left: TurnoverRow, right: TurnoverRow, key: string): number {
  const name = COLUMNS.find((column) => column === key);
  if (name) {
    const difference = kopecks(valueOf(left, name)) - kopecks(valueOf(right, name));
    return difference === 0n ? 0 : difference > 0n ? 1 : -1;
  }
  if (key === 'accounts') return left.accounts - right.accounts;
  return key === 'provider'
    ? left.providerName.localeCompare(right.providerName, 'uk')
    : left.title.localeCompare(right.title, 'uk');
}

/** Rows stand as the server has them until a person wants another order. */
function ordered(rows: readonly TurnoverRow[], sort: string | null): readonly TurnoverRow[] {
  if (!sort) return rows;
  const way = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((left, right) => way * compare(left, right, sort.replace(/^-/, '')));
}

function useColumns(period: string, groupBy: string): readonly Column<TurnoverRow>[] {
  const text = useText();
  const day = (month: string): string => formatDay(`${month}-01`).slice(0, 5);
  const titleOf = (name: ColumnName): string => {
    if (name !== 'opening' && name !== 'closing') return text(`billing.ui.card.${name}`);
    return text('billing.ui.card.on', { day: day(name === 'opening' ? period : shiftPeriod(period, 1)) });
  };
  const provider: Column<TurnoverRow> = {
    key: 'provider',
    title: text('billing.ui.card.provider'),
    sortable: true,
    cell: (row) => <ProviderName name={row.providerName} />,
  };
  return [
    {
      key: 'title',
      title: text(`billing.ui.turnover.by-${groupBy}`),
      fixed: true,
      sortable: true,
      cell: (row) =>
        groupBy === 'service' ? (
          <ServiceName code={row.key.split(':')[0] ?? row.key} name={row.title} />
        ) : (
          <span className="short wide" title={row.title}>
            {row.title}
          </span>
        ),
    },
    ...(groupBy === 'service' ? [provider] : []),
    {
      key: 'accounts',
      title: text('billing.ui.turnover.accounts'),
      align: 'right',
      sortable: true,
      cell: (row) => <span className="tnum">{formatCount(row.accounts)}</span>,
    },
    ...COLUMNS.map((name): Column<TurnoverRow> => ({
      key: name,
      title: titleOf(name),
      align: 'right',
      sortable: true,
      sum: name,
      cell: (row) => <MoneyCell value={valueOf(row, name)} strong={name === 'closing'} />,
    })),
  ];
}

const sumsOf = (totals: Figures): Record<string, string> =>
  Object.fromEntries(COLUMNS.map((name) => [name, valueOf(totals, name)]));

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
  const { period } = usePeriod();
  const [search, set] = useSearchState();
  const groupBy = GROUPS.find((name) => name === search.get('by')) ?? 'service';
  const read = useRead<Turnover>('billing/turnover', { period, groupBy });
  const columns = useColumns(period, groupBy);
  const rows = read.data && ordered(read.data.rows, search.get('sort'));
  const totals = read.data?.totals;
  return (
    <>
      <PageHeader
        title={text('billing.ui.turnover.heading', { period: formatPeriod(period, locale) })}
        text={text('billing.ui.turnover.text')}
        actions={<Export period={period} groupBy={groupBy} />}
      />
      <Card>
        <DataTable
          caption={text('billing.ui.turnover.title')}
          columns={columns}
          pages={wholeList(read, rows, totals && { count: rows?.length ?? 0, sums: sumsOf(totals) })}
          rowKey={(row) => `${row.key}${row.provider}`}
          className="dense"
          filters={
            <Segments
              label={text('billing.ui.turnover.group')}
              value={groupBy}
              options={GROUPS.map((value) => ({ value, label: text(`billing.ui.turnover.by-${value}`) }))}
              onChange={(value) =>
                set({ by: value === 'service' ? undefined : value, sort: undefined, cols: undefined })
              }
            />
          }
          totalsWord={text('billing.ui.turnover.total', { count: rows?.length ?? 0 })}
          permission="billing.turnover.read"
          empty={
            <Empty
              icon="table"
              title={text('billing.ui.turnover.empty')}
              text={text('billing.ui.turnover.empty-text')}
            />
          }
        />
      </Card>
    </>
  );
}
