'use client';
import { useRead } from '@komplat/api-client';
import {
  Banner,
  Bar,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatRecent,
  Frame,
  type ListPage,
  PageHeader,
  Person,
  SearchFilter,
  StatusPill,
  useLocale,
  useMe,
  useRouter,
  useSearchState,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { ProcessHistory, ProcessSummary } from '../parts/process-panel.tsx';
import { phaseOf, processPill, subjectOf, wordOf } from '../parts/process-words.ts';
import type { Process, ProcessDetail } from '../parts/types.ts';

interface ProcessPage extends ListPage<Process> {
  readonly counts?: Readonly<Record<string, number>>;
  readonly notice?: { readonly key: string } | null;
}

const STATES = ['failed', 'paused', 'waiting', 'running', 'done', 'stopped'];
const TYPES = [
  'billing.month-close', 'billing.close-lane', 'payments.statement-import', 'registry.correction-approval', 'bills.delivery',
  'legal.court-claim', 'legal.legal-case',
];

function Chosen({ id }: { id: string }): ReactNode {
  const read = useRead<ProcessDetail>(`administration/processes/${encodeURIComponent(id)}`, {}, { every: 4_000 });
  return (
    <Frame read={read} rows={6}>
      {(process) => (
        <div className="stack" style={{ gap: 14 }}>
          <ProcessSummary process={process} link />
          <ProcessHistory process={process} />
        </div>
      )}
    </Frame>
  );
}

function useBeginColumns(): readonly Column<Process>[] {
  const text = useText();
  const { today } = useMe();
  return [
    {
      key: 'by',
      title: text('administration.ui.processes.started'),
      sortable: true,
      cell: (row) => (
        <span className="t2">
          <Person login={row.startedBy} />
        </span>
      ),
    },
    {
      key: 'at',
      title: text('administration.ui.processes.begin'),
      sortable: true,
      align: 'right',
      cell: (row) => <span className="tnum">{formatRecent(row.startedAt, today)}</span>,
    },
  ];
}

function useColumns(): readonly Column<Process>[] {
  const text = useText();
  const locale = useLocale();
  return [
    {
      key: 'process',
      title: text('administration.ui.processes.process'),
      fixed: true,
      sortable: true,
      filter: 'type',
      wrap: true,
      cell: (row) => (
        <>
          {wordOf(text, 'administration.ui.process-type', row.type)}
          <small>{subjectOf(row.subject, locale, row.providerName)}</small>
        </>
      ),
    },
    {
      key: 'phase',
      title: text('administration.ui.processes.phase'),
      sortable: true,
      width: 170,
      cell: (row) => (
        <>
          {phaseOf(text, row)}
          <div className="mt-1 w-[106px]">
            <Bar
              parts={[
                {
                  kind: processPill(row.state).kind,
                  share: row.phases > 0 ? Math.max(3, Math.round((row.phaseNo * 100) / row.phases)) : 0,
                },
              ]}
            />
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: text('administration.ui.processes.state'),
      sortable: true,
      filter: 'state',
      cell: (row) => {
        const look = processPill(row.state);
        return (
          <StatusPill kind={look.kind} icon={look.icon}>
            {wordOf(text, 'administration.ui.process-state', row.state)}
          </StatusPill>
        );
      },
    },
    ...useBeginColumns(),
  ];
}

function Filters({ counts }: { counts: Readonly<Record<string, number>> }): ReactNode {
  const text = useText();
  return (
    <>
      <FilterChip
        name="state"
        label={text('administration.ui.processes.state')}
        all={text('administration.ui.processes.all-states')}
        options={STATES.map((value) => ({
          value,
          label: wordOf(text, 'administration.ui.process-state', value),
          ...(counts[value] === undefined ? {} : { count: counts[value] }),
        }))}
      />
      <FilterChip
        name="type"
        label={text('administration.ui.processes.type')}
        all={text('administration.ui.processes.all-types')}
        options={TYPES.map((value) => ({ value, label: wordOf(text, 'administration.ui.process-type', value) }))}
      />
      <SearchFilter label={text('administration.ui.processes.filter')} width={200} />
    </>
  );
}

/** What runs, where it stands, why it waits and who may move it. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const [, set] = useSearchState();
  const filters = { state: search.get('state'), type: search.get('type'), q: search.get('q') };
  const pages = useTable<Process, ProcessPage>('administration/processes', filters, { every: 4_000 });
  const columns = useColumns();
  const counts = pages.data?.pages[0]?.counts ?? {};
  const notice = pages.data?.pages[0]?.notice;
  const selected = search.get('process') ?? pages.data?.pages[0]?.items[0]?.id;
  return (
    <>
      <PageHeader title={text('administration.ui.processes.title')} text={text('administration.ui.processes.text')} />
      {notice && <Banner kind="bad">{text(notice.key)}</Banner>}
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 380px' }}>
        <Card className="proc">
          <DataTable
            caption={text('administration.ui.processes.title')}
            columns={columns}
            pages={pages}
            rowKey={(row) => row.id}
            order="-at"
            exportable
            filters={<Filters counts={counts} />}
            onSelect={(row) => set({ process: row.id })}
            selected={selected}
            permission="administration.process.read"
            empty={
              <Empty
                icon="process"
                title={text('administration.ui.processes.empty')}
                text={text('administration.ui.processes.empty-text')}
              />
            }
          />
        </Card>
        <div>{selected && <Chosen key={selected} id={selected} />}</div>
      </div>
    </>
  );
}
