'use client';
import { useAct } from '@komplat/api-client';
import {
  Banner, Button, Card, DataTable, Empty, FileDrop, FilterChip, formatCount, formatPeriod, formatRecent, MoneyCell, PageHeader, Person, StatusPill, TextField,
  toast, useCan, useErrorText, useLocale, useMe, useRouter, useStandstill, useTable, useText, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { AWARD_FILE_STATES, type AwardFileView, type AwardUploaded } from '../../contract/index.ts';
import { FILE_LOOKS } from '../parts/words.ts';

function useColumns(): readonly Column<AwardFileView>[] {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  return [
    {
      key: 'file',
      title: text('benefits.ui.awards.file'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <span className="font-[550]">{row.fileName}</span>
          <small>{text(`benefits.ui.layout.${row.layout}`)}</small>
        </>
      ),
    },
    { key: 'month', title: text('benefits.ui.awards.month'), sortable: true, cell: (row) => formatPeriod(row.month, locale) },
    {
      key: 'state',
      title: text('benefits.ui.awards.state'),
      filter: 'state',
      cell: (row) => (
        <StatusPill kind={FILE_LOOKS[row.state].kind} icon={FILE_LOOKS[row.state].icon}>
          {text(`benefits.ui.state.${row.state}`)}
        </StatusPill>
      ),
    },
    { key: 'rows', title: text('benefits.ui.awards.rows'), align: 'right', cell: (row) => <span className="tnum">{formatCount(row.rows)}</span> },
    {
      key: 'rejected',
      title: text('benefits.ui.awards.rejected'),
      align: 'right',
      cell: (row) => <span className={row.rejected > 0 ? 'bad tnum' : 'mut tnum'}>{formatCount(row.rejected)}</span>,
    },
    { key: 'sum', title: text('benefits.ui.awards.sum'), align: 'right', sortable: true, sum: 'sum', cell: (row) => <MoneyCell value={row.sum} /> },
    {
      key: 'uploaded',
      title: text('benefits.ui.awards.uploaded'),
      sortable: true,
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
  const act = useAct<AwardUploaded>(['benefits/award-files']);
  const router = useRouter();
  const sentence = useErrorText();
  const still = useStandstill();
  const { period } = useMe();
  const [file, setFile] = useState<File>();
  const [month, setMonth] = useState(period);
  const send = (chosen: File): void =>
    act.mutate(
      { path: 'benefits/award-files', options: { query: { name: chosen.name, month }, bytes: chosen } },
      {
        onSuccess: ({ id, repeated }) => {
          toast.done(text(repeated ? 'benefits.ui.upload.repeated' : 'benefits.ui.upload.taken'), chosen.name);
          router.push(`/benefits/awards/${id}`);
        },
      },
    );
  return (
    <div className="stack s">
      <FileDrop
        title={file ? file.name : text('benefits.ui.upload.title')}
        hint={file ? text('benefits.ui.upload.size', { size: formatCount(file.size) }) : text('benefits.ui.upload.hint')}
        accept=".dbf"
        onFile={setFile}
      />
      <TextField label={text('benefits.ui.upload.month')} type="month" value={month} onChange={(event) => setMonth(event.target.value)} />
      {act.error && <Banner kind="bad">{sentence(act.error)}</Banner>}
      <Button
        kind="primary"
        icon="file-up"
        busy={act.isPending}
        why={still ?? (file ? undefined : text('benefits.ui.upload.choose-first'))}
        onClick={() => file && send(file)}
      >
        {text('benefits.ui.upload.send')}
      </Button>
    </div>
  );
}

/** Files of social protection: loaded, checked row by row, posted once. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const pages = useTable<AwardFileView>('benefits/award-files', { state: search.get('state') });
  const columns = useColumns();
  const states = AWARD_FILE_STATES.map((value) => ({ value, label: text(`benefits.ui.state.${value}`) }));
  return (
    <>
      <PageHeader title={text('benefits.ui.awards.title')} text={text('benefits.ui.awards.text')} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 330px', gap: 14 }}>
        <Card>
          <DataTable
            caption={text('benefits.ui.awards.title')}
            columns={columns}
            pages={pages}
            rowKey={(row) => row.id}
            rowHref={(row) => `/benefits/awards/${row.id}`}
            order="-uploaded"
            filters={<FilterChip name="state" label={text('benefits.ui.awards.state')} all={text('benefits.ui.any')} options={states} />}
            permission="benefits.read"
            empty={<Empty icon="file-input" title={text('benefits.ui.awards.empty')} text={text('benefits.ui.awards.empty-text')} />}
          />
        </Card>
        {can('benefits.award.load') && (
          <Card padded title={text('benefits.ui.upload.heading')}>
            <Upload />
          </Card>
        )}
      </div>
    </>
  );
}
