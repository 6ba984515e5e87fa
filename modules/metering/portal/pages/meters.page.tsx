'use client';
import {
  AppLink,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatAccount,
  formatDay,
  PageHeader,
  SearchFilter,
  StatusPill,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { Reminder } from '../../contract/index.ts';

function useColumns(): readonly Column<Reminder>[] {
  const text = useText();
  return [
    {
      key: 'account',
      title: text('metering.ui.account'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <AppLink href={`/registry/accounts/${row.account}?tab=readings`} className="tnum font-[550]">
            {formatAccount(row.account)}
          </AppLink>
          <small>{row.address}</small>
        </>
      ),
    },
    {
      key: 'due',
      title: text('metering.ui.due'),
      sortable: true,
      filter: 'state',
      cell: (row) => (
        <StatusPill kind={row.overdue ? 'bad' : 'warn'} icon="clock">
          {formatDay(row.verificationDue)}
        </StatusPill>
      ),
    },
    { key: 'service', title: text('metering.ui.service'), sortable: true, cell: (row) => row.serviceName },
    {
      key: 'serial',
      title: text('metering.ui.serial'),
      sortable: true,
      cell: (row) => <span className="tnum">{row.serial}</span>,
    },
    { key: 'seal', title: text('metering.ui.seal'), spare: true, cell: (row) => row.seal ?? '–' },
  ];
}

/** Meters whose verification is overdue or near: the nearest day stands on top. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = { state: search.get('state'), q: search.get('q') };
  const pages = useTable<Reminder>('metering/meters', filters);
  const columns = useColumns();
  return (
    <>
      <PageHeader title={text('metering.ui.reminders.title')} text={text('metering.ui.reminders.text')} />
      <Card>
        <DataTable
          caption={text('metering.ui.reminders.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => String(row.id)}
          rowHref={(row) => `/registry/accounts/${row.account}?tab=readings`}
          order="due"
          exportable
          marked={() => null}
          filters={
            <>
              <FilterChip
                name="state"
                label={text('metering.ui.due')}
                all={text('metering.ui.any')}
                options={['overdue', 'soon'].map((value) => ({ value, label: text(`metering.ui.reminders.${value}`) }))}
              />
              <SearchFilter label={text('metering.ui.filter')} width={220} />
            </>
          }
          permission="metering.read"
          empty={
            <Empty
              icon="done"
              title={text('metering.ui.reminders.empty')}
              text={text('metering.ui.reminders.empty-text')}
            />
          }
        />
      </Card>
    </>
  );
}
