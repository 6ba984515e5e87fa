'use client';
import { useList } from '@komplat/api-client';
import {
  Card,
  DataTable,
  Empty,
  formatCount,
  formatPeriod,
  formatRecent,
  OutcomeBar,
  PageHeader,
  Person,
  StatusPill,
  useLocale,
  useMe,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { RunView } from '../../contract/index.ts';
import { NewRun } from '../parts/new-run.tsx';
import { outcomeOf, runLook } from '../parts/run-words.ts';

function useColumns(): readonly Column<RunView>[] {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  return [
    {
      key: 'month',
      title: text('bills.ui.runs.month'),
      fixed: true,
      cell: (row) => (
        <>
          <span className="font-[550]">{formatPeriod(row.month, locale)}</span>
          <small>{text(`bills.ui.runs.kind-${row.kind}${row.retryOf ? '-retry' : ''}`)}</small>
        </>
      ),
    },
    {
      key: 'state',
      title: text('bills.ui.runs.state'),
      cell: (row) => {
        const look = runLook(row.state);
        return (
          <StatusPill kind={look.kind} icon={look.icon}>
            {text(`bills.ui.state.${row.state}`)}
          </StatusPill>
        );
      },
    },
    {
      key: 'outcome',
      title: text('bills.ui.runs.outcome'),
      width: 260,
      cell: (row) => <OutcomeBar value={outcomeOf(row)} failedHref={`/bills/${row.id}`} />,
    },
    {
      key: 'jobs',
      title: text('bills.ui.runs.jobs'),
      align: 'right',
      cell: (row) => <span className="tnum">{text('bills.ui.runs.of', { done: formatCount(row.jobsDone), all: formatCount(row.jobs) })}</span>,
    },
    { key: 'batches', title: text('bills.ui.runs.batches'), align: 'right', cell: (row) => <span className="tnum">{formatCount(row.batches)}</span> },
    { key: 'pages', title: text('bills.ui.runs.pages'), align: 'right', cell: (row) => <span className="tnum">{row.kind === 'mail' ? '–' : formatCount(row.pages)}</span> },
    {
      key: 'by',
      title: text('bills.ui.runs.by'),
      cell: (row) => (
        <>
          <Person login={row.requestedBy} />
          <small>{formatRecent(row.plannedAt, today)}</small>
        </>
      ),
    },
  ];
}

/** Mass runs: what was planned, how far it is, what failed. */
export function Page(): ReactNode {
  const text = useText();
  const pages = useList<RunView>('bills/runs', {}, { every: 5_000 });
  return (
    <>
      <PageHeader
        title={text('bills.ui.runs.title')}
        text={text('bills.ui.runs.text')}
        actions={
          <>
            <NewRun kind="mail" />
            <NewRun kind="print" />
          </>
        }
      />
      <Card>
        <DataTable
          caption={text('bills.ui.runs.title')}
          columns={useColumns()}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/bills/${row.id}`}
          permission="bills.run"
          empty={<Empty icon="print" title={text('bills.ui.runs.empty')} text={text('bills.ui.runs.empty-text')} />}
        />
      </Card>
    </>
  );
}
