'use client';
import {
  Card, DataTable, Empty, FilterChip, formatAccount, formatInstant, PageHeader, Person, StatusPill, useRouter, useTable, useText, type Column, type PillKind,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ProposalItem } from '../../contract/index.ts';

export const STATE_PILL: Readonly<Record<ProposalItem['state'], PillKind>> = {
  waiting: 'appr', approved: 'ok', refused: 'bad', expired: 'idle', withdrawn: 'idle',
};

function useColumns(): readonly Column<ProposalItem>[] {
  const text = useText();
  const fieldWord = (field: string): string => (text.has(`registry.ui.field.${field}`) ? text(`registry.ui.field.${field}`) : field);
  return [
    {
      key: 'account', title: text('registry.ui.accounts.number'), fixed: true, sortable: true, wrap: true,
      cell: (row) => (
        <>
          <span className="tnum">{formatAccount(row.account)}</span>
          <small>{row.address}</small>
        </>
      ),
    },
    { key: 'fields', title: text('registry.ui.proposals.fields'), wrap: true, cell: (row) => row.fields.map(fieldWord).join(', ') },
    { key: 'side', title: text('registry.ui.proposals.side'), filter: 'side', cell: (row) => text(`registry.ui.side.${row.side}`) },
    {
      key: 'state', title: text('registry.ui.accounts.state'), sortable: true, filter: 'state',
      cell: (row) => <StatusPill kind={STATE_PILL[row.state]}>{text(`registry.ui.proposal-state.${row.state}`)}</StatusPill>,
    },
    {
      key: 'due', title: text('registry.ui.proposals.due'), sortable: true,
      cell: (row) =>
        row.overdue ? (
          <StatusPill kind={row.escalated ? 'bad' : 'warn'} icon="clock">
            {formatInstant(row.dueAt)}
          </StatusPill>
        ) : (
          formatInstant(row.dueAt)
        ),
    },
    { key: 'by', title: text('registry.ui.proposals.by'), cell: (row) => <Person login={row.proposedBy} /> },
    { key: 'made', title: text('registry.ui.proposals.made'), sortable: true, spare: true, cell: (row) => formatInstant(row.proposedAt) },
  ];
}

/** Corrections that one side proposed and the other decides; the nearest term stands on top. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = Object.fromEntries(['state', 'side', 'mine', 'account'].map((name) => [name, search.get(name)]));
  const pages = useTable<ProposalItem>('registry/proposals', filters);
  const columns = useColumns();
  const all = text('registry.ui.findings.any');
  const states = Object.keys(STATE_PILL).map((value) => ({ value, label: text(`registry.ui.proposal-state.${value}`) }));
  const sides = ['desk', 'department'].map((value) => ({ value, label: text(`registry.ui.side.${value}`) }));
  return (
    <>
      <PageHeader title={text('registry.ui.proposals.title')} text={text('registry.ui.proposals.text')} />
      <Card>
        <DataTable
          caption={text('registry.ui.proposals.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/registry/proposals/${row.id}`}
          order="due"
          filters={
            <>
              <FilterChip name="mine" label={text('registry.ui.proposals.mine')} all={all} options={[{ value: 'yes', label: text('registry.ui.proposals.mine-yes') }]} />
              <FilterChip name="state" label={text('registry.ui.accounts.state')} all={all} options={states} />
              <FilterChip name="side" label={text('registry.ui.proposals.side')} all={all} options={sides} />
            </>
          }
          empty={<Empty icon="done" title={text('registry.ui.proposals.empty')} text={text('registry.ui.proposals.empty-text')} />}
        />
      </Card>
    </>
  );
}
