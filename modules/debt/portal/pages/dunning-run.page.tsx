'use client';
import {
  AppLink, Card, type Column, DataTable, Empty, FilterChip, formatAccount, formatPeriod, MoneyCell, PageHeader, StatusPill, useLocale, useRouter,
  useTable, useText, type PillKind,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { type DunningNotice, type DunningOutcome, OUTCOMES } from '../../contract/index.ts';

const KINDS: Readonly<Record<DunningOutcome, PillKind>> = { done: 'ok', held: 'warn', waiting: 'idle', repeated: 'idle' };

function useColumns(): readonly Column<DunningNotice>[] {
  const text = useText();
  const locale = useLocale();
  return [
    {
      key: 'account',
      title: text('debt.ui.debtors.account'),
      fixed: true,
      sortable: true,
      cell: (row) => <AppLink href={`/registry/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink>,
    },
    { key: 'holder', title: text('debt.ui.debtors.holder'), cell: (row) => row.holder, wrap: true },
    { key: 'provider', title: text('debt.ui.dunning.provider'), cell: (row) => row.provider },
    {
      key: 'outcome',
      title: text('debt.ui.dunning.outcome'),
      filter: 'outcome',
      cell: (row) => (
        <StatusPill kind={KINDS[row.outcome]}>
          {text(`debt.ui.outcome.${row.outcome}`)}
          {row.hold && `: ${text(`debt.ui.hold.${row.hold}`)}`}
        </StatusPill>
      ),
    },
    {
      key: 'debt',
      title: text('debt.ui.debtors.debt'),
      align: 'right',
      sortable: true,
      sum: 'debt',
      cell: (row) => <MoneyCell value={row.debt} strong />,
    },
    { key: 'months', title: text('debt.ui.debtors.months'), align: 'right', sortable: true, cell: (row) => <span className="tnum">{row.months}</span> },
    { key: 'oldest', title: text('debt.ui.debtors.oldest'), cell: (row) => formatPeriod(row.oldest, locale) },
  ];
}

/** Outcome of every account of one step that was taken. */
export function Page(): ReactNode {
  const text = useText();
  const { search, params } = useRouter();
  const pages = useTable<DunningNotice>(`debt/dunning/runs/${params.id ?? ''}/rows`, { outcome: search.get('outcome') });
  const columns = useColumns();
  return (
    <>
      <PageHeader title={text('debt.ui.dunning.outcomes')} text={text('debt.ui.dunning.text')} />
      <Card>
        <DataTable
          caption={text('debt.ui.dunning.outcomes')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="-debt"
          filters={
            <FilterChip
              name="outcome"
              label={text('debt.ui.dunning.outcome')}
              all={text('debt.ui.debtors.any')}
              options={OUTCOMES.map((value) => ({ value, label: text(`debt.ui.outcome.${value}`) }))}
            />
          }
          permission="debt.read"
          empty={<Empty icon="inbox" title={text('debt.ui.debtors.empty')} />}
        />
      </Card>
    </>
  );
}
