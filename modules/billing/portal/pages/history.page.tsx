'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Banner, Card, DataTable, Empty, FileDrop, formatCount, formatRecent, PageHeader, Person, SelectField, StatusPill, useErrorText, useMe, useRouter, useText,
  wholeList, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { HISTORY_KINDS, type HistoryItem, type HistoryList, type HistoryUploaded } from '../../contract/index.ts';
import { historyLook } from '../parts/history-words.ts';

function useColumns(): readonly Column<HistoryItem>[] {
  const text = useText();
  const { today } = useMe();
  return [
    {
      key: 'file', title: text('billing.ui.history.file'), fixed: true,
      cell: (row) => (
        <>
          <span className="font-[550]">{row.fileName}</span>
          <small className="mono">{row.hash.slice(0, 16)}</small>
        </>
      ),
    },
    { key: 'kind', title: text('billing.ui.history.kind'), cell: (row) => text(`billing.ui.history.kind-${row.kind}`) },
    {
      key: 'state', title: text('billing.ui.history.state'),
      cell: (row) => <StatusPill {...historyLook(row.state)}>{text(`billing.ui.history.state-${row.state}`)}</StatusPill>,
    },
    {
      key: 'rows', title: text('billing.ui.history.rows'), align: 'right',
      cell: (row) => (row.rows === null ? <span className="mut">–</span> : <span className="tnum">{formatCount(row.rows)}</span>),
    },
    {
      key: 'wrong', title: text('billing.ui.history.wrong'), align: 'right',
      cell: (row) => (row.wrong === null ? <span className="mut">–</span> : <span className="tnum">{formatCount(row.wrong)}</span>),
    },
    {
      key: 'by', title: text('billing.ui.history.by'),
      cell: (row) => (
        <>
          <Person login={row.uploadedBy} />
          <small>{formatRecent(row.uploadedAt, today)}</small>
        </>
      ),
    },
  ];
}

function Upload(): ReactNode {
  const text = useText();
  const act = useAct<HistoryUploaded>(['billing/history']);
  const router = useRouter();
  const sentence = useErrorText();
  const [kind, setKind] = useState<string>(HISTORY_KINDS[0]);
  const send = (file: File): void =>
    act.mutate(
      { path: 'billing/history', options: { query: { kind, name: file.name }, bytes: file } },
      { onSuccess: ({ id }) => router.push(`/billing/history/${id}`) },
    );
  return (
    <div className="stack s">
      <SelectField
        label={text('billing.ui.history.kind')}
        value={kind}
        onChange={(event) => setKind(event.target.value)}
        options={HISTORY_KINDS.map((each) => ({ value: each, label: text(`billing.ui.history.kind-${each}`) }))}
      />
      <FileDrop
        title={text('billing.ui.history.drop')}
        hint={text('billing.ui.history.drop-hint')}
        accept=".csv,.dbf,.txt"
        onFile={send}
      />
      {act.error && <Banner kind="bad">{sentence(act.error)}</Banner>}
    </div>
  );
}

/** Files of the old system: which months came, in which state they are. */
export function Page(): ReactNode {
  const text = useText();
  const read = useRead<HistoryList>('billing/history');
  const columns = useColumns();
  return (
    <>
      <PageHeader title={text('billing.ui.history.title')} text={text('billing.ui.history.text')} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 330px', gap: 14 }}>
        <Card title={text('billing.ui.history.list')}>
          <DataTable
            caption={text('billing.ui.history.title')}
            columns={columns}
            pages={wholeList(read, read.data?.items)}
            rowKey={(row) => row.id}
            rowHref={(row) => `/billing/history/${row.id}`}
            permission="billing.history.read"
            empty={<Empty icon="file-input" title={text('billing.ui.history.empty')} text={text('billing.ui.history.drop-hint')} />}
          />
        </Card>
        <Card padded title={text('billing.ui.history.new')}>
          <Upload />
        </Card>
      </div>
    </>
  );
}
