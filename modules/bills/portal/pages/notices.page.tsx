'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, DataTable, Dialog, DialogForm, Empty, formatPeriod, PageHeader, Person, ReasonDialog, shiftPeriod, StatusPill, TextField,
  toast, useCan, useLocale, usePeriod, useStandstill, useText, wholeList, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { NoticeList, NoticeView } from '../../contract/index.ts';

function useColumns(end: (notice: NoticeView) => void): readonly Column<NoticeView>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const still = useStandstill();
  return [
    { key: 'text', title: text('bills.ui.notices.words'), fixed: true, cell: (row) => row.text },
    { key: 'months', title: text('bills.ui.notices.months'), cell: (row) => `${formatPeriod(row.fromMonth, locale)} – ${formatPeriod(row.toMonth, locale)}` },
    { key: 'place', title: text('bills.ui.notices.place'), cell: (row) => row.provider ?? row.house ?? text('bills.ui.notices.all') },
    {
      key: 'by', title: text('bills.ui.notices.by'),
      cell: (row) => (
        <>
          <Person login={row.writtenBy} />
          <small>{row.reason}</small>
        </>
      ),
    },
    {
      key: 'state', title: text('bills.ui.runs.state'),
      cell: (row) =>
        row.ended || !can('bills.notice') ? (
          <StatusPill kind={row.ended ? 'idle' : 'ok'}>{text(row.ended ? 'bills.ui.notices.ended' : 'bills.ui.notices.printed')}</StatusPill>
        ) : (
          <Button size="small" why={still} onClick={() => end(row)}>
            {text('bills.ui.notices.end')}
          </Button>
        ),
    },
  ];
}

const FIELDS = ['text', 'fromMonth', 'toMonth', 'provider', 'house', 'reason'] as const;
const OPTIONAL = new Set<string>(['provider', 'house']);

/** A text for the bills of some months: for everybody, for the subscribers of a provider, for a house. */
function NewNotice(): ReactNode {
  const text = useText();
  const still = useStandstill();
  const { period } = usePeriod();
  const start = { text: '', fromMonth: shiftPeriod(period, -1), toMonth: shiftPeriod(period, -1), provider: '', house: '', reason: '' };
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState<Readonly<Record<(typeof FIELDS)[number], string>>>(start);
  const act = useAct<NoticeList>(['bills/notices']);
  const submit = (): void => {
    const json = Object.fromEntries(Object.entries(form).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])));
    act.mutate(
      { path: 'bills/notices', options: { json } },
      {
        onSuccess: () => {
          toast.done(text('bills.ui.notices.written'));
          setForm(start);
          setOpen(false);
        },
      },
    );
  };
  return (
    <>
      <Button kind="primary" why={still} onClick={() => setOpen(true)}>
        {text('bills.ui.notices.new')}
      </Button>
      <Dialog open={open} title={text('bills.ui.notices.new')} onClose={() => setOpen(false)}>
        <DialogForm
          action={text('bills.ui.notices.write')}
          busy={act.isPending}
          error={act.error}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={text(`bills.ui.notices.field-${field}`)}
              type={field.endsWith('Month') ? 'month' : 'text'}
              optional={OPTIONAL.has(field)}
              value={form[field]}
              onChange={(event) => setForm({ ...form, [field]: event.target.value })}
            />
          ))}
        </DialogForm>
      </Dialog>
    </>
  );
}

/** Notices that stand on bills. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const read = useRead<NoticeList>('bills/notices');
  const [ending, setEnding] = useState<NoticeView>();
  const act = useAct<NoticeList>(['bills/notices']);
  const end = (reason: string): void =>
    act.mutate(
      { path: `bills/notices/${ending?.id ?? ''}/end`, options: { json: { reason } } },
      { onSuccess: () => setEnding(undefined) },
    );
  return (
    <>
      <PageHeader title={text('bills.ui.notices.title')} text={<AppLink href="/bills">{text('bills.ui.run.back')}</AppLink>} actions={can('bills.notice') ? <NewNotice /> : undefined} />
      <Card>
        <DataTable
          caption={text('bills.ui.notices.title')}
          columns={useColumns(setEnding)}
          pages={wholeList(read, read.data?.items)}
          rowKey={(row) => row.id}
          permission="bills.read"
          empty={<Empty icon="receipt" title={text('bills.ui.notices.empty')} text={text('bills.ui.notices.empty-text')} />}
        />
      </Card>
      <ReasonDialog
        open={ending !== undefined}
        title={text('bills.ui.notices.end')}
        effect={text('bills.ui.notices.end-effect')}
        action={text('bills.ui.notices.end')}
        busy={act.isPending}
        error={act.error}
        onSubmit={end}
        onClose={() => setEnding(undefined)}
      />
    </>
  );
}
