'use client';
import {
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatInstant,
  formatRecent,
  PageHeader,
  Person,
  SearchFilter,
  StatusPill,
  useCan,
  useMe,
  useMessage,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { approvalPill } from '../parts/approval-words.ts';
import { ApproveMarked } from '../parts/approve-many.tsx';
import { wordOf } from '../parts/process-words.ts';
import type { Approval } from '../parts/types.ts';

const STATES = ['waiting', 'approved', 'rejected', 'expired', 'withdrawn'];

function useColumns(): readonly Column<Approval>[] {
  const text = useText();
  const message = useMessage();
  const { today } = useMe();
  return [
    {
      key: 'what',
      title: text('administration.ui.approvals.what'),
      fixed: true,
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          <b className="font-[550]">{message(row.message)}</b>
          <small>{row.reason}</small>
        </>
      ),
    },
    {
      key: 'by',
      title: text('administration.ui.approvals.by'),
      sortable: true,
      cell: (row) => <Person login={row.requestedBy} />,
    },
    {
      key: 'at',
      title: text('administration.ui.approvals.at'),
      sortable: true,
      cell: (row) => formatRecent(row.requestedAt, today),
    },
    {
      key: 'until',
      title: text('administration.ui.approvals.until'),
      sortable: true,
      cell: (row) =>
        row.expiresAt ? (
          formatInstant(row.expiresAt)
        ) : (
          <span className="mut">{text('administration.ui.approvals.no-end')}</span>
        ),
    },
    {
      key: 'state',
      title: text('administration.ui.approvals.state'),
      sortable: true,
      filter: 'state',
      cell: (row) => {
        const look = approvalPill(row.state);
        return (
          <StatusPill kind={look.kind} icon={look.icon}>
            {wordOf(text, 'administration.ui.approval-state', row.state)}
          </StatusPill>
        );
      },
    },
    {
      key: 'may',
      title: text('administration.ui.approvals.may'),
      cell: (row) =>
        row.mayDecide ? (
          text('administration.ui.approvals.you')
        ) : (
          <span className="mut">{row.whyNot && text(`administration.ui.why-not.${row.whyNot}`)}</span>
        ),
      wrap: true,
    },
  ];
}

function Filters(): ReactNode {
  const text = useText();
  return (
    <>
      <FilterChip
        name="state"
        label={text('administration.ui.approvals.state')}
        all={text('administration.ui.approval-state.waiting')}
        options={STATES.slice(1).map((value) => ({
          value,
          label: text(`administration.ui.approval-state.${value}`),
        }))}
      />
      <SearchFilter label={text('administration.ui.approvals.filter')} width={220} />
    </>
  );
}

/** Everything that waits for a signature, the oldest first. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const state = search.get('state') ?? 'waiting';
  const pages = useTable<Approval>('administration/approvals', { state, q: search.get('q') }, { every: 10_000 });
  const columns = useColumns();
  const can = useCan();
  const signs = state === 'waiting' && can('administration.approval.decide');
  return (
    <>
      <PageHeader title={text('administration.ui.approvals.title')} text={text('administration.ui.approvals.text')} />
      <Card>
        <DataTable
          caption={text('administration.ui.approvals.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="at"
          exportable
          {...(signs ? { marked: (marks) => <ApproveMarked marks={marks} /> } : {})}
          filters={<Filters />}
          rowHref={(row) => `/approvals/${row.id}`}
          permission="administration.approval.read"
          empty={
            <Empty
              icon="done"
              title={text('administration.ui.approvals.empty')}
              text={text('administration.ui.approvals.empty-text')}
            />
          }
        />
      </Card>
    </>
  );
}
