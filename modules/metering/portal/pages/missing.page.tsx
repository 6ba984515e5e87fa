'use client';
import {
  AppLink,
  Card,
  DataTable,
  Empty,
  formatAccount,
  formatDecimal,
  formatPeriod,
  PageHeader,
  SearchFilter,
  StatusPill,
  useLocale,
  usePeriod,
  useRouter,
  useTable,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { MissingReading } from '../../contract/index.ts';

function useColumns(): readonly Column<MissingReading>[] {
  const text = useText();
  const locale = useLocale();
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
    { key: 'service', title: text('metering.ui.service'), sortable: true, cell: (row) => row.serviceName },
    {
      key: 'serial',
      title: text('metering.ui.serial'),
      sortable: true,
      cell: (row) => <span className="tnum">{row.serial}</span>,
    },
    {
      key: 'last',
      title: text('metering.ui.missing.last'),
      align: 'right',
      cell: (row) =>
        row.last === null || row.lastMonth === null ? (
          <span className="mut">–</span>
        ) : (
          <>
            <span className="num">{formatDecimal(row.last, locale)}</span>
            <small>{formatPeriod(row.lastMonth, locale)}</small>
          </>
        ),
    },
    {
      key: 'months',
      title: text('metering.ui.missing.months'),
      align: 'right',
      sortable: true,
      cell: (row) => row.months,
    },
    {
      key: 'basis',
      title: text('metering.ui.missing.basis'),
      sortable: true,
      cell: (row) => (
        <StatusPill kind={row.basis === 'average' ? 'info' : 'warn'}>
          {text(`metering.ui.basis.${row.basis}`)}
        </StatusPill>
      ),
    },
  ];
}

/** Meters of one provider without a reading of the month, and what the month will stand on. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { search } = useRouter();
  const now = usePeriod();
  const period = search.get('period') ?? now.period;
  const provider = search.get('provider') ?? 'P01';
  const pages = useTable<MissingReading>('metering/missing', { provider, period, q: search.get('q') });
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={text('metering.ui.missing.heading', { provider, period: formatPeriod(period, locale) })}
        text={<AppLink href={`/billing/close/${period}?lane=${provider}`}>{text('metering.ui.missing.back')}</AppLink>}
      />
      <Card>
        <DataTable
          caption={text('metering.ui.missing.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => String(row.id)}
          rowHref={(row) => `/registry/accounts/${row.account}?tab=readings`}
          order="-months"
          exportable
          marked={() => null}
          filters={<SearchFilter label={text('metering.ui.filter')} width={220} />}
          permission="metering.read"
          empty={
            <Empty
              icon="done"
              title={text('metering.ui.missing.empty')}
              text={text('metering.ui.missing.empty-text')}
            />
          }
        />
      </Card>
    </>
  );
}
