'use client';
import { AppLink, ButtonLink, Card, DataTable, Empty, PageHeader, SearchFilter, useSearchState, useTable, useText, type Column } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { HouseItem } from '../../contract/index.ts';

/** Houses by address of today; a street's former name stands below it. */
export function Page(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const pages = useTable<HouseItem>('registry/houses', { q: search.get('q') });
  const columns: readonly Column<HouseItem>[] = [
    {
      key: 'address',
      title: text('registry.ui.houses.address'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <AppLink href={`/registry/houses/${row.id}`} className="font-[550]">
            {row.address}
          </AppLink>
          {row.oldStreet && <small>{text('registry.ui.houses.former', { street: row.oldStreet })}</small>}
        </>
      ),
    },
    { key: 'code', title: text('registry.ui.houses.code'), cell: (row) => <span className="tnum">{row.code}</span> },
    { key: 'kind', title: text('registry.ui.houses.kind'), cell: (row) => text(`registry.ui.choice.houseKind.${row.kind}`) },
    { key: 'district', title: text('registry.ui.streets.district'), align: 'right', cell: (row) => row.district },
    { key: 'flats', title: text('registry.ui.houses.flats'), align: 'right', cell: (row) => <span className="num">{row.flats}</span> },
    { key: 'accounts', title: text('registry.ui.houses.accounts'), align: 'right', cell: (row) => <span className="num">{row.accounts}</span> },
  ];
  return (
    <>
      <PageHeader
        title={text('registry.ui.houses.title')}
        text={text('registry.ui.houses.text')}
        actions={<ButtonLink href="/registry/streets">{text('registry.ui.streets.title')}</ButtonLink>}
      />
      <Card>
        <DataTable
          caption={text('registry.ui.houses.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => String(row.id)}
          rowHref={(row) => `/registry/houses/${row.id}`}
          order="address"
          filters={<SearchFilter label={text('registry.ui.houses.filter')} width={240} />}
          permission="registry.account.read"
          empty={<Empty icon="building" title={text('registry.ui.houses.empty')} />}
        />
      </Card>
    </>
  );
}
