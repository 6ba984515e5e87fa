'use client';
import {
  AppLink, ButtonLink, Card, type Column, DataTable, Empty, formatAccount, formatDay, formatInstant, MoneyCell, PageHeader, Person, SearchFilter, useRouter, useTable, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { PackRow } from '../../contract/index.ts';
import { PackStatePill } from '../parts/pack-look.tsx';
import { SigningKeysButton } from '../parts/signing-keys.tsx';

function useColumns(): readonly Column<PackRow>[] {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.packs.${key}`);
  return [
    { key: 'number', title: word('number'), fixed: true, sortable: true, cell: (row) => <AppLink href={`/legal/packs/${row.id}`}>{row.number}</AppLink> },
    { key: 'kind', title: word('kind'), cell: (row) => word(`kind-${row.kind}`) },
    { key: 'state', title: word('state-title'), cell: (row) => <PackStatePill state={row.state} /> },
    { key: 'account', title: word('account'), sortable: true, cell: (row) => <span className="tnum">{formatAccount(row.account)}</span> },
    { key: 'creditor', title: word('creditor'), cell: (row) => row.creditorName },
    { key: 'total', title: word('total'), align: 'right', sortable: true, cell: (row) => <MoneyCell value={row.total} /> },
    { key: 'prepared', title: word('prepared'), cell: (row) => formatDay(row.preparedOn) },
    { key: 'issuedAt', title: word('issued'), sortable: true, cell: (row) => formatInstant(row.issuedAt) },
    { key: 'by', title: word('by'), cell: (row) => <Person login={row.issuedBy} /> },
  ];
}

/** Packs of documents for courts. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const pages = useTable<PackRow>('legal/packs', { q: search.get('q') });
  const title = text('legal.ui.packs.title');
  return (
    <>
      <PageHeader
        title={title}
        text={text('legal.ui.packs.text')}
        actions={
          <>
            <SigningKeysButton />
            <ButtonLink href="/legal/templates" icon="file">{text('legal.ui.templates.title')}</ButtonLink>
          </>
        }
      />
      <Card>
        <DataTable
          caption={title}
          columns={useColumns()}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/legal/packs/${row.id}`}
          order="-issuedAt"
          filters={<SearchFilter label={text('legal.ui.packs.find')} />}
          permission="legal.read"
          empty={<Empty icon="file" title={text('legal.ui.packs.empty')} text={text('legal.ui.packs.empty-text')} />}
        />
      </Card>
    </>
  );
}
