'use client';
import {
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatCount,
  formatRecent,
  MoneyCell,
  PageHeader,
  Person,
  SearchFilter,
  StatusPill,
  useCan,
  useMe,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { IMPORT_STATES, type ImportItem } from '../../contract/index.ts';
import { importLook, isMoving, wordOf } from '../parts/import-words.ts';
import { Upload } from '../parts/upload.tsx';

function usePeopleColumns(): readonly Column<ImportItem>[] {
  const text = useText();
  const { today } = useMe();
  return [
    {
      key: 'by',
      title: text('payments.ui.imports.by'),
      sortable: true,
      cell: (row) => (
        <>
          <Person login={row.uploadedBy} />
          <small>{formatRecent(row.uploadedAt, today)}</small>
        </>
      ),
    },
    {
      key: 'posted',
      title: text('payments.ui.imports.posted'),
      sortable: true,
      cell: (row) =>
        row.postedAt ? (
          <>
            <Person login={row.postedBy} />
            <small>{formatRecent(row.postedAt, today)}</small>
          </>
        ) : (
          <span className="mut">{text('payments.ui.import.not-posted')}</span>
        ),
    },
  ];
}

function useColumns(): readonly Column<ImportItem>[] {
  const text = useText();
  return [
    {
      key: 'file',
      title: text('payments.ui.imports.file'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <span className="font-[550]">{row.fileName}</span>
          <small>{wordOf(text, 'payments.preset', row.preset)}</small>
        </>
      ),
    },
    {
      key: 'state',
      title: text('payments.ui.imports.state'),
      sortable: true,
      filter: 'state',
      cell: (row) => {
        const look = importLook(row.state);
        return (
          <StatusPill kind={look.kind} icon={look.icon}>
            {text(`payments.ui.state.${row.state}`)}
          </StatusPill>
        );
      },
    },
    {
      key: 'rows',
      title: text('payments.ui.imports.rows'),
      sortable: true,
      align: 'right',
      cell: (row) =>
        row.read.rows === null ? (
          <span className="mut">–</span>
        ) : (
          <span className="tnum">{formatCount(row.read.rows)}</span>
        ),
    },
    {
      key: 'sum',
      title: text('payments.ui.imports.sum'),
      sortable: true,
      sum: 'sum',
      align: 'right',
      cell: (row) => <MoneyCell value={row.read.sum ?? { missing: 'unchecked' }} />,
    },
    ...usePeopleColumns(),
  ];
}

function Filters(): ReactNode {
  const text = useText();
  return (
    <>
      <FilterChip
        name="state"
        label={text('payments.ui.imports.state')}
        all={text('payments.ui.imports.all-states')}
        options={IMPORT_STATES.map((value) => ({ value, label: text(`payments.ui.state.${value}`) }))}
      />
      <SearchFilter label={text('payments.ui.imports.filter')} width={180} />
    </>
  );
}

/** Registers of payments: what came, in which state it is, who posted it. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const filters = { state: search.get('state'), q: search.get('q') };
  const pages = useTable<ImportItem>('payments/imports', filters, { every: 5_000 });
  const moving = pages.data?.pages.some((page) => page.items.some((item) => isMoving(item.state)));
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={text('payments.ui.imports.title')}
        text={text('payments.ui.imports.text')}
        pills={moving ? <StatusPill kind="info" icon="running">{text('payments.ui.imports.moving')}</StatusPill> : undefined}
      />
      <div
        className="grid side"
        style={{ gridTemplateColumns: can('payments.import.load') ? 'minmax(0,1fr) 330px' : undefined, gap: 14 }}
      >
        <Card title={text('payments.ui.imports.list')} sub={text('payments.ui.imports.order')}>
          <DataTable
            caption={text('payments.ui.imports.title')}
            columns={columns}
            pages={pages}
            rowKey={(row) => row.id}
            rowHref={(row) => `/payments/imports/${row.id}`}
            order="-by"
            exportable
            filters={<Filters />}
            permission="payments.import.read"
            empty={
              <Empty
                icon="file-input"
                title={text('payments.ui.imports.empty')}
                text={text('payments.ui.imports.empty-text')}
              />
            }
          />
        </Card>
        {can('payments.import.load') && (
          <Card padded title={text('payments.ui.upload.heading')}>
            <Upload />
          </Card>
        )}
      </div>
    </>
  );
}
