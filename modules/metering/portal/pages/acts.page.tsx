'use client';
import {
  Button,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatDay,
  formatDecimal,
  PageHeader,
  SearchFilter,
  StatusPill,
  useCan,
  useLocale,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { QualityActItem } from '../../contract/index.ts';
import { QualityActForm } from '../parts/house-forms.tsx';
import { PRESENCE_PILLS } from '../parts/pills.ts';

const STATES = ['waiting', 'approved', 'rejected'] as const;

function useColumns(): readonly Column<QualityActItem>[] {
  const text = useText();
  const locale = useLocale();
  return [
    {
      key: 'act',
      title: text('metering.ui.acts.number'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <b>{row.actNumber}</b>
          <small>{formatDay(row.actDate)}</small>
        </>
      ),
    },
    {
      key: 'address',
      title: text('metering.ui.house'),
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.address}
          <small>
            {text(`metering.ui.acts.${row.scope}`)}
            {row.riser ? ` ${row.riser}` : ''}
          </small>
        </>
      ),
    },
    { key: 'service', title: text('metering.ui.service'), sortable: true, cell: (row) => row.serviceName },
    {
      key: 'kind',
      title: text('metering.ui.acts.kind'),
      cell: (row) => (
        <>
          {text(`metering.ui.acts.${row.kind}`)}
          <small>
            {formatDecimal(row.percent, locale)}&nbsp;% {text('metering.ui.acts.a-day')}
            {row.mark === 'needs a lawyer' ? `, ${text('metering.ui.mark.lawyer')}` : ''}
          </small>
        </>
      ),
    },
    {
      key: 'from',
      title: text('metering.ui.acts.days'),
      sortable: true,
      cell: (row) => `${formatDay(row.from)} – ${formatDay(row.to)}`,
    },
    {
      key: 'accounts',
      title: text('metering.ui.acts.accounts'),
      align: 'right',
      sortable: true,
      cell: (row) => row.accounts,
    },
    {
      key: 'state',
      title: text('metering.ui.state'),
      sortable: true,
      filter: 'state',
      cell: (row) => (
        <StatusPill kind={PRESENCE_PILLS[row.state]}>{text(`metering.ui.presence.${row.state}`)}</StatusPill>
      ),
    },
  ];
}

/** Acts of poor quality and non-delivery: approved ones lower the charges of everyone concerned. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const [making, setMaking] = useState(false);
  const pages = useTable<QualityActItem>('metering/quality-acts', { state: search.get('state'), q: search.get('q') });
  const columns = useColumns();
  const make = can('metering.change') && (
    <Button kind="primary" onClick={() => setMaking(true)}>
      {text('metering.ui.acts.make')}
    </Button>
  );
  return (
    <>
      <PageHeader title={text('metering.ui.acts.title')} text={text('metering.ui.acts.text')} actions={make} />
      <Card>
        <DataTable
          caption={text('metering.ui.acts.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="-from"
          filters={
            <>
              <FilterChip
                name="state"
                label={text('metering.ui.state')}
                all={text('metering.ui.any')}
                options={STATES.map((value) => ({ value, label: text(`metering.ui.presence.${value}`) }))}
              />
              <SearchFilter label={text('metering.ui.acts.filter')} width={220} />
            </>
          }
          permission="metering.read"
          empty={
            <Empty icon="done" title={text('metering.ui.acts.empty')} text={text('metering.ui.acts.empty-text')} />
          }
        />
      </Card>
      {making && <QualityActForm onClose={() => setMaking(false)} />}
    </>
  );
}
