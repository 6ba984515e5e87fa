'use client';
import { useApi, useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  DataTable,
  Empty,
  formatDay,
  formatDecimal,
  formatPeriod,
  IconButton,
  Person,
  toast,
  useCan,
  useErrorText,
  useLocale,
  useText,
  wholeList,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { MeterView, ReadingHistory, ReadingView } from '../../contract/index.ts';

function useColumns(number: string, onCorrect: (reading: ReadingView) => void): readonly Column<ReadingView>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const api = useApi();
  const sentence = useErrorText();
  const open = async (row: ReadingView): Promise<void> => {
    try {
      const { blob } = await api.download(`metering/accounts/${number}/readings/${row.id}/photo`);
      window.open(URL.createObjectURL(blob), '_blank');
    } catch (error) {
      toast.failed(text('metering.ui.form.photo-failed'), sentence(error));
    }
  };
  return [
    { key: 'month', title: text('metering.ui.month'), fixed: true, cell: (row) => formatPeriod(row.month, locale) },
    {
      key: 'value',
      title: text('metering.ui.value'),
      align: 'right',
      cell: (row) => (
        <span className={row.supersededAt ? 'mut line-through' : 'num'}>{formatDecimal(row.value, locale)}</span>
      ),
    },
    {
      key: 'used',
      title: text('metering.ui.used'),
      align: 'right',
      cell: (row) =>
        row.used === null ? <span className="mut">–</span> : <b className="num">{formatDecimal(row.used, locale)}</b>,
    },
    { key: 'day', title: text('metering.ui.form.takenOn'), cell: (row) => formatDay(row.takenOn) },
    { key: 'source', title: text('metering.ui.form.source'), cell: (row) => text(`metering.ui.source.${row.source}`) },
    { key: 'by', title: text('metering.ui.by'), cell: (row) => <Person login={row.recordedBy} /> },
    {
      key: 'note',
      title: text('metering.ui.note'),
      wrap: true,
      cell: (row) => (
        <>
          {row.confirmed && (
            <small>{text('metering.ui.confirmed', { rule: text(`metering.ui.rule.${row.confirmed}`) })} </small>
          )}
          {row.reason}
        </>
      ),
    },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('metering.ui.acts')}</span>,
      cell: (row) => (
        <div className="row">
          {row.photo && (
            <IconButton icon="file" small label={text('metering.ui.photo')} onClick={() => void open(row)} />
          )}
          {!row.supersededAt && can('metering.change') && (
            <Button size="small" onClick={() => onCorrect(row)}>
              {text('metering.ui.act.correct')}
            </Button>
          )}
        </div>
      ),
    },
  ];
}

/** All readings of one meter, corrected ones struck through. */
export function HistoryCard(props: {
  number: string;
  meter: MeterView;
  onCorrect: (reading: ReadingView) => void;
}): ReactNode {
  const { number, meter, onCorrect } = props;
  const text = useText();
  const read = useRead<ReadingHistory>(`metering/accounts/${number}/readings`);
  const own = read.data?.items.filter(({ meterId }) => meterId === meter.id);
  const columns = useColumns(number, onCorrect);
  return (
    <Card title={text('metering.ui.history.title', { serial: meter.serial })} sub={meter.serviceName}>
      <DataTable
        caption={text('metering.ui.history.title', { serial: meter.serial })}
        columns={columns}
        pages={wholeList(read, own)}
        rowKey={(row) => row.id}
        permission="metering.read"
        empty={
          <Empty icon="gauge" title={text('metering.ui.history.empty')} text={text('metering.ui.history.empty-text')} />
        }
      />
    </Card>
  );
}
