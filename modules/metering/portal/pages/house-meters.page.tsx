'use client';
import {
  AppLink,
  Card,
  DataTable,
  Empty,
  formatDay,
  PageHeader,
  SearchFilter,
  StatusPill,
  useSearchState,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { HouseMeterItem } from '../../contract/index.ts';

/** Houses with house meters: what is not read yet, what is to be verified. */
export function Page(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const pages = useTable<HouseMeterItem>('metering/houses', { q: search.get('q') });
  const columns: readonly Column<HouseMeterItem>[] = [
    {
      key: 'address',
      title: text('metering.ui.house'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <AppLink href={`/metering/houses/${row.house}`} className="font-[550]">
            {row.address}
          </AppLink>
          <small>{row.house}</small>
        </>
      ),
    },
    {
      key: 'services',
      title: text('metering.ui.houses.services'),
      wrap: true,
      cell: (row) => row.services.map((code) => text(`metering.ui.of.${code}`)).join(', '),
    },
    {
      key: 'unread',
      title: text('metering.ui.houses.unread'),
      sortable: true,
      align: 'right',
      cell: (row) => (row.unread === 0 ? <span className="mut">–</span> : <StatusPill kind="warn">{`${row.unread} / ${row.meters}`}</StatusPill>),
    },
    {
      key: 'due',
      title: text('metering.ui.due'),
      sortable: true,
      cell: (row) => <StatusPill kind={row.overdue ? 'bad' : row.due ? 'ok' : 'idle'}>{row.due ? formatDay(row.due) : text('metering.ui.verification.unknown')}</StatusPill>,
    },
  ];
  return (
    <>
      <PageHeader title={text('metering.ui.houses.title')} text={text('metering.ui.houses.text')} />
      <Card>
        <DataTable
          caption={text('metering.ui.houses.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.house}
          rowHref={(row) => `/metering/houses/${row.house}`}
          order="address"
          filters={<SearchFilter label={text('metering.ui.houses.filter')} width={220} />}
          permission="metering.read"
          empty={<Empty icon="gauge" title={text('metering.ui.houses.empty')} text={text('metering.ui.houses.empty-text')} />}
        />
      </Card>
    </>
  );
}
