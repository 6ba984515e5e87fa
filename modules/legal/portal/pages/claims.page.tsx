'use client';
import {
  AppLink, ButtonLink, Card, type Column, DataTable, Empty, formatCount, formatInstant, MoneyCell, PageHeader, Person, useCan, useTable, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimRun } from '../../contract/index.ts';
import { ClaimStatePill } from '../parts/claim-look.tsx';

function useColumns(): readonly Column<ClaimRun>[] {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const count = (key: 'accounts' | 'items' | 'held' | 'filed', value: (row: ClaimRun) => number): Column<ClaimRun> => ({
    key,
    title: word(key),
    align: 'right',
    sortable: key === 'items',
    cell: (row) => <span className="tnum">{formatCount(value(row))}</span>,
  });
  return [
    { key: 'number', title: word('number'), fixed: true, sortable: true, cell: (row) => <AppLink href={`/legal/claims/${row.id}`}>{row.number}</AppLink> },
    { key: 'name', title: word('name'), wrap: true, cell: (row) => row.title },
    { key: 'state', title: word('state'), cell: (row) => <ClaimStatePill state={row.state} /> },
    count('accounts', (row) => row.accounts),
    count('items', (row) => row.items),
    count('held', (row) => row.blocked),
    count('filed', (row) => row.filed),
    { key: 'total', title: word('total'), align: 'right', sortable: true, cell: (row) => <MoneyCell value={row.total} /> },
    { key: 'created', title: word('created'), cell: (row) => formatInstant(row.createdAt) },
    { key: 'who', title: word('who'), cell: (row) => <Person login={row.createdBy} /> },
  ];
}

/** Runs of preparing claims. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const pages = useTable<ClaimRun>('legal/claims');
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={text('legal.ui.claims.title')}
        text={text('legal.ui.claims.text')}
        actions={
          can('legal.claim.prepare') && (
            <ButtonLink href="/legal/claims/new" kind="primary">
              {text('legal.ui.claims.new')}
            </ButtonLink>
          )
        }
      />
      <Card>
        <DataTable
          caption={text('legal.ui.claims.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/legal/claims/${row.id}`}
          order="-number"
          permission="legal.read"
          empty={<Empty icon="scale" title={text('legal.ui.claims.empty')} text={text('legal.ui.claims.empty-text')} />}
        />
      </Card>
    </>
  );
}
