'use client';
import {
  AppLink,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatAccount,
  formatDay,
  PageHeader,
  SearchFilter,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import { useRead } from '@komplat/api-client';
import type { ReactNode } from 'react';
import type { CategoryList, HoldingItem } from '../../contract/index.ts';
import { percentOf } from '../parts/words.ts';

function useColumns(): readonly Column<HoldingItem>[] {
  const text = useText();
  return [
    {
      key: 'account',
      title: text('benefits.ui.holdings.account'),
      fixed: true,
      sortable: true,
      width: 150,
      cell: (row) => (
        <AppLink href={`/registry/accounts/${row.account}?tab=benefits`}>
          <span className="tnum font-[550]">{formatAccount(row.account)}</span>
        </AppLink>
      ),
    },
    {
      key: 'holder',
      title: text('benefits.ui.holdings.holder'),
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.holder ?? <span className="mut">{text('ui.missing.hidden')}</span>}
          <small>{row.address}</small>
        </>
      ),
    },
    {
      key: 'category',
      title: text('benefits.ui.holdings.category'),
      sortable: true,
      filter: 'category',
      wrap: true,
      cell: (row) => (
        <>
          {row.categoryName}
          <small>{row.category}</small>
        </>
      ),
    },
    { key: 'percent', title: text('benefits.ui.holdings.percent'), align: 'right', cell: (row) => <span className="tnum">{percentOf(row.percent)}</span> },
    { key: 'covered', title: text('benefits.ui.holdings.covered'), align: 'right', cell: (row) => <span className="tnum">{row.covered}</span> },
    { key: 'document', title: text('benefits.ui.holdings.document'), cell: (row) => row.document },
    { key: 'from', title: text('benefits.ui.holdings.from'), sortable: true, cell: (row) => formatDay(row.from) },
    {
      key: 'to',
      title: text('benefits.ui.holdings.to'),
      sortable: true,
      filter: 'state',
      cell: (row) => (row.to === null ? <span className="mut">{text('benefits.ui.holdings.open')}</span> : formatDay(row.to)),
    },
  ];
}

function Filters(): ReactNode {
  const text = useText();
  const catalogue = useRead<CategoryList>('benefits/categories', {}, { fresh: 60_000 });
  return (
    <>
      <FilterChip
        name="category"
        label={text('benefits.ui.holdings.category')}
        all={text('benefits.ui.any')}
        options={(catalogue.data?.items ?? []).map(({ code, name, holders }) => ({ value: code, label: `${code}: ${name}`, count: holders }))}
      />
      <FilterChip
        name="state"
        label={text('benefits.ui.holdings.state')}
        all={text('benefits.ui.any')}
        options={(['now', 'ended'] as const).map((value) => ({ value, label: text(`benefits.ui.holdings.state-${value}`) }))}
      />
      <SearchFilter label={text('benefits.ui.holdings.filter')} width={300} />
    </>
  );
}

/** Who holds which benefit at which dwelling. A new right is entered on the card of the account. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = { category: search.get('category'), state: search.get('state'), q: search.get('q') };
  const pages = useTable<HoldingItem>('benefits/holdings', filters);
  const columns = useColumns();
  return (
    <>
      <PageHeader title={text('benefits.ui.holdings.title')} text={text('benefits.ui.holdings.text')} />
      <Card>
        <DataTable
          caption={text('benefits.ui.holdings.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/registry/accounts/${row.account}?tab=benefits`}
          order="account"
          filters={<Filters />}
          permission="benefits.read"
          empty={<Empty icon="search" title={text('benefits.ui.holdings.empty')} text={text('benefits.ui.holdings.empty-text')} />}
        />
      </Card>
    </>
  );
}
