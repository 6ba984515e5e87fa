'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, type Column, DataTable, Empty, formatAccount, formatDay, formatPeriod, MoneyCell, PageHeader, StatusPill, useLocale,
  useRouter, useSave, useTable, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { Debtor, DebtChoices } from '../../contract/index.ts';
import { DebtorFilters, FILTERS } from '../parts/debtor-filters.tsx';
import { Selections } from '../parts/selections.tsx';

const PATH = 'debt/debtors';
const MANY_MONTHS = 3;

function useDebtColumns(): readonly Column<Debtor>[] {
  const text = useText();
  const locale = useLocale();
  return [
    {
      key: 'debt',
      title: text('debt.ui.debtors.debt'),
      align: 'right',
      sortable: true,
      sum: 'debt',
      cell: (row) => <MoneyCell value={row.debt} strong />,
    },
    {
      key: 'months',
      title: text('debt.ui.debtors.months'),
      align: 'right',
      sortable: true,
      filter: 'months',
      cell: (row) => (row.months >= MANY_MONTHS ? <b className="tnum">{row.months}</b> : <span className="tnum">{row.months}</span>),
    },
    { key: 'oldest', title: text('debt.ui.debtors.oldest'), sortable: true, cell: (row) => formatPeriod(row.oldest, locale) },
    {
      key: 'expiring',
      title: text('debt.ui.debtors.expiring'),
      align: 'right',
      sortable: true,
      sum: 'expiring',
      filter: 'expires',
      cell: (row) => <MoneyCell value={row.expiring} />,
    },
    {
      key: 'lastPaid',
      title: text('debt.ui.debtors.last-paid'),
      cell: (row) => (row.lastPaid ? formatDay(row.lastPaid) : <span className="mut">{text('debt.ui.debtors.never')}</span>),
    },
    {
      key: 'holds',
      title: text('debt.ui.debtors.holds'),
      filter: 'hold',
      cell: (row) =>
        row.holds.map((kind) => (
          <StatusPill key={kind} kind={kind === 'case' ? 'bad' : 'warn'} icon="paused">
            {text(`debt.ui.hold.${kind}`)}
          </StatusPill>
        )),
    },
    {
      key: 'cases',
      title: text('debt.ui.debtors.cases'),
      spare: true,
      filter: 'claimed',
      cell: (row) =>
        row.cases.map(({ id, number, open }) => (
          <span key={id} className="row">
            <AppLink href={`/legal/cases/${id}`}>{number}</AppLink>
            {!open && <span className="t2">{text('debt.ui.card.over')}</span>}
          </span>
        )),
    },
  ];
}

function useColumns(): readonly Column<Debtor>[] {
  const text = useText();
  const debt = useDebtColumns();
  return [
    {
      key: 'account',
      title: text('debt.ui.debtors.account'),
      fixed: true,
      sortable: true,
      cell: (row) => <AppLink href={`/registry/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink>,
    },
    { key: 'holder', title: text('debt.ui.debtors.holder'), cell: (row) => row.holder, wrap: true },
    { key: 'address', title: text('debt.ui.debtors.address'), cell: (row) => row.address, wrap: true },
    { key: 'district', title: text('debt.ui.debtors.district'), spare: true, filter: 'district', cell: (row) => row.district },
    {
      key: 'dwelling',
      title: text('debt.ui.debtors.dwelling'),
      spare: true,
      filter: 'dwelling',
      cell: (row) => row.dwelling && text(`debt.ui.dwelling.${row.dwelling}`),
    },
    ...debt,
  ];
}

function DbfButton({ filters, sort }: { filters: Readonly<Record<string, string | null>>; sort: string | null }): ReactNode {
  const text = useText();
  const [busy, save] = useSave();
  return (
    <Button icon="file-down" busy={busy} onClick={() => void save(`${PATH}/file`, { ...filters, sort, format: 'dbf' }, 'debtors.dbf')}>
      {text('debt.ui.debtors.dbf')}
    </Button>
  );
}

/** Debtors by filter: counts and sums of the whole filter at once, the whole of it as a file. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, search.get(name)]));
  const pages = useTable<Debtor>(PATH, filters);
  const choices = useRead<DebtChoices>('debt/choices', {}, { fresh: 60_000 });
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={text('debt.ui.debtors.title')}
        text={text('debt.ui.debtors.text')}
        actions={<DbfButton filters={filters} sort={search.get('sort')} />}
      />
      <Card>
        <div className="tools">
          <Selections list={PATH} />
        </div>
        <DataTable
          caption={text('debt.ui.debtors.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.account}
          rowHref={(row) => `/registry/accounts/${row.account}`}
          order="-debt"
          exportable
          marked={() => null}
          filters={<DebtorFilters choices={choices.data} />}
          permission="debt.read"
          empty={<Empty icon="done" title={text('debt.ui.debtors.empty')} text={text('debt.ui.debtors.empty-text')} />}
        />
      </Card>
    </>
  );
}
