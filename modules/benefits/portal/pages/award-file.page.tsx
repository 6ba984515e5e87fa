'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Banner, Button, Card, DataTable, Empty, FilterChip, formatAccount, formatCount, formatInstant, formatMoney, formatPeriod, Frame, KeyValues, MoneyCell,
  PageHeader, ReasonDialog, StatusPill, toast, useCan, useLocale, useMessage, usePersonName, useRouter, useStandstill, useTable, useText, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AwardFileView, AwardRowView } from '../../contract/index.ts';
import { daysOf, FILE_LOOKS } from '../parts/words.ts';

function useColumns(): readonly Column<AwardRowView>[] {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  return [
    { key: 'line', title: text('benefits.ui.row.line'), sortable: true, width: 70, cell: (row) => <span className="tnum">{row.line}</span> },
    {
      key: 'account',
      title: text('benefits.ui.row.account'),
      sortable: true,
      cell: (row) =>
        row.account ? (
          <AppLink href={`/registry/accounts/${row.account}?tab=benefits`}>{formatAccount(row.account)}</AppLink>
        ) : (
          <span className="mut">{row.accountText}</span>
        ),
    },
    {
      key: 'holder',
      title: text('benefits.ui.row.holder'),
      wrap: true,
      cell: (row) => (
        <>
          {row.holder ?? ''}
          {row.caseNumber && <small>{text('benefits.ui.row.case', { number: row.caseNumber })}</small>}
        </>
      ),
    },
    { key: 'months', title: text('benefits.ui.row.months'), cell: (row) => (row.from ? daysOf(text, row.from, row.to) : '') },
    {
      key: 'parts',
      title: text('benefits.ui.row.parts'),
      wrap: true,
      cell: (row) => (
        <span className="t2">{row.parts.map(({ service, amount }) => `${service} ${formatMoney(amount, locale)}`).join('; ')}</span>
      ),
    },
    { key: 'sum', title: text('benefits.ui.row.sum'), align: 'right', sortable: true, sum: 'sum', cell: (row) => row.sum && <MoneyCell value={row.sum} /> },
    {
      key: 'outcome',
      title: text('benefits.ui.row.outcome'),
      filter: 'outcome',
      wrap: true,
      cell: (row) =>
        row.problem ? (
          <span className="bad">{message(row.problem)}</span>
        ) : (
          <StatusPill kind="ok" icon="done">
            {text('benefits.ui.row.ready')}
          </StatusPill>
        ),
    },
  ];
}

function Rows({ file }: { file: AwardFileView }): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const pages = useTable<AwardRowView>(`benefits/award-files/${file.id}/rows`, { outcome: search.get('outcome') });
  const outcomes = (['ready', 'rejected'] as const).map((value) => ({ value, label: text(`benefits.ui.row.${value}`) }));
  return (
    <Card title={text('benefits.ui.row.title')}>
      <DataTable
        caption={text('benefits.ui.row.title')}
        columns={useColumns()}
        pages={pages}
        rowKey={(row) => String(row.line)}
        order="line"
        filters={<FilterChip name="outcome" label={text('benefits.ui.row.outcome')} all={text('benefits.ui.any')} options={outcomes} />}
        permission="benefits.read"
        empty={<Empty icon="file" title={text('benefits.ui.row.empty')} />}
      />
    </Card>
  );
}

function Acts({ file }: { file: AwardFileView }): ReactNode {
  const text = useText();
  const can = useCan();
  const still = useStandstill();
  const [asked, setAsked] = useState<'post' | 'cancel'>();
  const act = useAct<AwardFileView>(['benefits/']);
  if (file.state !== 'staged') return null;
  const send = (reason: string): void =>
    act.mutate(
      {
        path: `benefits/award-files/${file.id}/${asked ?? ''}`,
        options: { json: { version: file.version, reason, ...(asked === 'post' ? { withoutRejected: file.rejected > 0 } : {}) }, ifMatch: file.version },
      },
      {
        onSuccess: () => {
          toast.done(text(`benefits.ui.award.did-${asked ?? 'post'}`), file.fileName);
          setAsked(undefined);
        },
      },
    );
  const ready = file.rows - file.rejected;
  return (
    <div className="row">
      {can('benefits.award.load') && (
        <Button why={still} onClick={() => setAsked('cancel')}>
          {text('benefits.ui.award.cancel')}
        </Button>
      )}
      {can('benefits.award.post') && (
        <Button kind="primary" icon="check" why={still ?? (ready === 0 ? text('benefits.ui.award.nothing') : undefined)} onClick={() => setAsked('post')}>
          {text('benefits.ui.award.post', { count: ready })}
        </Button>
      )}
      {asked && (
        <ReasonDialog
          open
          title={text(`benefits.ui.award.ask-${asked}`, { file: file.fileName })}
          effect={text(asked === 'post' ? 'benefits.ui.award.effect-post' : 'benefits.ui.award.effect-cancel', { count: ready, rejected: file.rejected, sum: file.sum })}
          action={text(asked === 'post' ? 'benefits.ui.award.post' : 'benefits.ui.award.cancel', { count: ready })}
          busy={act.isPending}
          error={act.error}
          onSubmit={send}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function Sheet({ file }: { file: AwardFileView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const message = useMessage();
  const nameOf = usePersonName();
  const look = FILE_LOOKS[file.state];
  return (
    <>
      <PageHeader
        title={file.fileName}
        pills={
          <StatusPill kind={look.kind} icon={look.icon}>
            {text(`benefits.ui.state.${file.state}`)}
          </StatusPill>
        }
        text={`${text(`benefits.ui.layout.${file.layout}`)}, ${text('benefits.ui.award.loaded', { by: nameOf(file.uploadedBy), at: formatInstant(file.uploadedAt) })}`}
        actions={<Acts file={file} />}
      />
      {file.refusal && (
        <div className="mb-3.5">
          <Banner kind="bad">
            <b>{text('benefits.ui.award.refused')}</b> {message(file.refusal)}
          </Banner>
        </div>
      )}
      <Card padded className="mb-3.5">
        <KeyValues
          kind="lines"
          items={[
            { key: 'month', label: text('benefits.ui.awards.month'), value: formatPeriod(file.month, locale) },
            { key: 'regime', label: text('benefits.ui.award.regime'), value: text(`benefits.ui.regime.${file.regime}`) },
            { key: 'rows', label: text('benefits.ui.awards.rows'), value: formatCount(file.rows) },
            { key: 'rejected', label: text('benefits.ui.awards.rejected'), value: formatCount(file.rejected) },
            { key: 'sum', label: text('benefits.ui.awards.sum'), value: <MoneyCell value={file.sum} strong /> },
          ]}
        />
      </Card>
      {file.state !== 'refused' && <Rows file={file} />}
    </>
  );
}

/** One file of awards: control figures, rows with the error list, posting. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<AwardFileView>(`benefits/award-files/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={read} rows={12} permission="benefits.read">
      {(file) => <Sheet file={file} />}
    </Frame>
  );
}
