'use client';
import {
  AppLink,
  Button,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatDecimal,
  formatPeriod,
  PageHeader,
  SearchFilter,
  StatusPill,
  useCan,
  useLocale,
  useRouter,
  useTable,
  useText,
  type Column,
  type PillKind,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { DistributionItem } from '../../contract/index.ts';
import { DistributionForm } from '../parts/house-forms.tsx';

const STATES = ['draft', 'signed', 'superseded'] as const;
const PILLS: Readonly<Record<DistributionItem['state'], PillKind>> = {
  draft: 'warn',
  signed: 'ok',
  superseded: 'idle',
};

function useColumns(): readonly Column<DistributionItem>[] {
  const text = useText();
  const locale = useLocale();
  const volume = (key: 'houseVolume' | 'meteredVolume' | 'houseNeeds'): Column<DistributionItem> => ({
    key,
    title: text(`metering.ui.distributions.${key}`),
    align: 'right',
    cell: (row) => <span className="num">{`${formatDecimal(row[key], locale)} ${row.unit}`}</span>,
  });
  return [
    {
      key: 'address',
      title: text('metering.ui.house'),
      fixed: true,
      sortable: true,
      cell: (row) => (
        <>
          <AppLink href={`/metering/distributions/${row.id}`} className="font-[550]">
            {row.address}
          </AppLink>
          <small>
            {row.serviceName}, {text('metering.ui.distributions.act', { act: row.actNumber })}
          </small>
        </>
      ),
    },
    { key: 'month', title: text('metering.ui.month'), sortable: true, cell: (row) => formatPeriod(row.month, locale) },
    {
      key: 'state',
      title: text('metering.ui.state'),
      sortable: true,
      filter: 'state',
      cell: (row) => <StatusPill kind={PILLS[row.state]}>{text(`metering.ui.distributions.${row.state}`)}</StatusPill>,
    },
    volume('houseVolume'),
    volume('meteredVolume'),
    volume('houseNeeds'),
    {
      key: 'shortfall',
      title: text('metering.ui.distributions.shortfall'),
      align: 'right',
      cell: (row) =>
        row.shortfall === '0' ? (
          <span className="mut">–</span>
        ) : (
          <StatusPill kind="bad" icon="warning">{`${formatDecimal(row.shortfall, locale)} ${row.unit}`}</StatusPill>
        ),
    },
  ];
}

/** Acts that divide the house meters: drafts wait for a second person, signed ones are charged. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const router = useRouter();
  const { search } = router;
  const [making, setMaking] = useState(false);
  const pages = useTable<DistributionItem>('metering/distributions', {
    state: search.get('state'),
    q: search.get('q'),
  });
  const columns = useColumns();
  const make = can('metering.change') && (
    <Button kind="primary" icon="building" onClick={() => setMaking(true)}>
      {text('metering.ui.distributions.make')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={text('metering.ui.distributions.title')}
        text={text('metering.ui.distributions.text')}
        actions={make}
      />
      <Card>
        <DataTable
          caption={text('metering.ui.distributions.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          rowHref={(row) => `/metering/distributions/${row.id}`}
          order="-made"
          filters={
            <>
              <FilterChip
                name="state"
                label={text('metering.ui.state')}
                all={text('metering.ui.any')}
                options={STATES.map((value) => ({ value, label: text(`metering.ui.distributions.${value}`) }))}
              />
              <SearchFilter label={text('metering.ui.distributions.filter')} width={220} />
            </>
          }
          permission="metering.read"
          empty={
            <Empty
              icon="building"
              title={text('metering.ui.distributions.empty')}
              text={text('metering.ui.distributions.empty-text')}
            />
          }
        />
      </Card>
      {making && (
        <DistributionForm
          onClose={() => setMaking(false)}
          onMade={(id) => router.push(`/metering/distributions/${id}`)}
        />
      )}
    </>
  );
}
