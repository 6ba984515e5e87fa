'use client';
import {
  AppLink, Button, Card, DataTable, Dialog, Empty, FilterChip, formatCount, formatRecent, MoneyCell, PageHeader, Person, SearchFilter, StatusPill,
  useCan, useLocale, useMe, useRouter, useStandstill, useTable, useText, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { CORRECTION_STATES, type CorrectionItem } from '../../contract/index.ts';
import { NewRecalculation } from '../parts/recalculation-new.tsx';
import { correctionLook, monthsWords, scopeWords } from '../parts/recalculation-words.ts';

function useColumns(): readonly Column<CorrectionItem>[] {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  return [
    {
      key: 'number', title: text('billing.ui.recalculation.number'), fixed: true, sortable: true,
      cell: (row) => <AppLink href={`/billing/corrections/${row.id}`}>{row.number}</AppLink>,
    },
    {
      key: 'state', title: text('billing.ui.recalculation.state'), sortable: true, filter: 'state',
      cell: (row) => <StatusPill {...correctionLook(row.state)}>{text(`billing.ui.recalculation.state-${row.state}`)}</StatusPill>,
    },
    {
      key: 'scope', title: text('billing.ui.recalculation.scope'), wrap: true,
      cell: (row) => (
        <>
          {scopeWords(row, text)}
          <small>{monthsWords(row, locale)}</small>
        </>
      ),
    },
    {
      key: 'why', title: text('billing.ui.recalculation.reason'), wrap: true,
      cell: (row) => (
        <>
          {text(`billing.ui.recalculation.reason-${row.reason}`)}
          <small>{row.decision}</small>
        </>
      ),
    },
    {
      key: 'accounts', title: text('billing.ui.recalculation.accounts'), sortable: true, align: 'right',
      cell: (row) => <span className="tnum">{formatCount(row.accounts)}</span>,
    },
    {
      key: 'total', title: text('billing.ui.recalculation.total'), sortable: true, sum: 'total', align: 'right',
      cell: (row) => <MoneyCell value={row.total} strong />,
    },
    {
      key: 'made', title: text('billing.ui.recalculation.made'), sortable: true,
      cell: (row) => (
        <>
          <Person login={row.madeBy} />
          <small>{formatRecent(row.madeAt, today)}</small>
        </>
      ),
    },
  ];
}

function Filters(): ReactNode {
  const text = useText();
  return (
    <>
      <FilterChip
        name="state"
        label={text('billing.ui.recalculation.state')}
        all={text('billing.ui.recalculation.all-states')}
        options={CORRECTION_STATES.map((value) => ({ value, label: text(`billing.ui.recalculation.state-${value}`) }))}
      />
      <SearchFilter label={text('billing.ui.recalculation.filter')} width={200} />
    </>
  );
}

/** Recalculations of past months: documents with their reasons and sums; a new one is computed and shown before it is posted. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const still = useStandstill();
  const { today } = useMe();
  const { search } = useRouter();
  const wanted = search.get('account');
  const [asking, setAsking] = useState(wanted !== null);
  const pages = useTable<CorrectionItem>('billing/corrections', { state: search.get('state'), q: search.get('q') });
  const columns = useColumns();
  const start = { account: wanted ?? '', month: search.get('month') ?? (today ?? '').slice(0, 7) };
  return (
    <>
      <PageHeader
        title={text('billing.ui.recalculation.title')}
        text={text('billing.ui.recalculation.text')}
        actions={
          can('billing.correction.make') && (
            <Button kind="primary" icon="calculator" why={still} onClick={() => setAsking(true)}>
              {text('billing.ui.recalculation.new')}
            </Button>
          )
        }
      />
      <Card>
        <DataTable
          caption={text('billing.ui.recalculation.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="-made"
          filters={<Filters />}
          permission="billing.correction.read"
          empty={<Empty icon="calculator" title={text('billing.ui.recalculation.empty')} text={text('billing.ui.recalculation.empty-text')} />}
        />
      </Card>
      {asking && can('billing.correction.make') && (
        <Dialog open title={text('billing.ui.recalculation.new')} onClose={() => setAsking(false)}>
          <NewRecalculation start={start} onClose={() => setAsking(false)} />
        </Dialog>
      )}
    </>
  );
}
