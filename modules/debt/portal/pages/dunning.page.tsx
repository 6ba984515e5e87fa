'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Card, type Column, DataTable, Empty, FilterChip, formatCount, formatInstant, MoneyCell, PageHeader, Person, useCan, useSearchState,
  useTable, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { type DebtChoices, type DunningRun, STEPS } from '../../contract/index.ts';
import { DunningPreviewCard } from '../parts/dunning-preview.tsx';
import { StepsCard } from '../parts/dunning-steps.tsx';
import { SimulationCard } from '../parts/dunning-simulation.tsx';

function useRunColumns(): readonly Column<DunningRun>[] {
  const text = useText();
  const count = (key: 'planned' | 'done' | 'held' | 'waiting' | 'repeated', title: string): Column<DunningRun> => ({
    key,
    title,
    align: 'right',
    sortable: key === 'planned' || key === 'done',
    cell: (row) => <span className="tnum">{formatCount(row[key])}</span>,
  });
  return [
    {
      key: 'at',
      title: text('debt.ui.dunning.when'),
      fixed: true,
      sortable: true,
      cell: (row) => <AppLink href={`/debt/dunning/${row.id}`}>{formatInstant(row.madeAt)}</AppLink>,
    },
    { key: 'step', title: text('debt.ui.dunning.step'), cell: (row) => text(`debt.ui.step.${row.step}`) },
    count('planned', text('debt.ui.dunning.planned')),
    count('done', text('debt.ui.outcome.done')),
    count('held', text('debt.ui.outcome.held')),
    count('waiting', text('debt.ui.outcome.waiting')),
    count('repeated', text('debt.ui.outcome.repeated')),
    { key: 'debt', title: text('debt.ui.dunning.debt'), align: 'right', cell: (row) => <MoneyCell value={row.debt} /> },
    { key: 'who', title: text('debt.ui.dunning.who'), cell: (row) => <Person login={row.madeBy} /> },
  ];
}

function HistoryCard(): ReactNode {
  const text = useText();
  const pages = useTable<DunningRun>('debt/dunning/runs');
  const columns = useRunColumns();
  return (
    <Card title={text('debt.ui.dunning.history')}>
      <DataTable
        caption={text('debt.ui.dunning.history')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        rowHref={(row) => `/debt/dunning/${row.id}`}
        order="-at"
        free
        permission="debt.read"
        empty={<Empty icon="history" title={text('debt.ui.dunning.empty')} text={text('debt.ui.dunning.empty-text')} />}
      />
    </Card>
  );
}

/** Work with debtors by steps: preview over the city, run, history, the year under another strategy. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const [search] = useSearchState();
  const step = STEPS.find((code) => code === search.get('step'));
  const choices = useRead<DebtChoices>('debt/choices', {}, { fresh: 60_000 });
  return (
    <>
      <PageHeader
        title={text('debt.ui.dunning.title')}
        text={text('debt.ui.dunning.text')}
        actions={
          <FilterChip
            name="provider"
            label={text('debt.ui.dunning.provider')}
            all={text('debt.ui.debtors.any')}
            options={(choices.data?.providers ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        }
      />
      <div className="stack" style={{ gap: 14 }}>
        <StepsCard />
        {step && <DunningPreviewCard step={step} provider={search.get('provider') ?? undefined} />}
        <HistoryCard />
        {can('debt.dunning.run') && <SimulationCard />}
      </div>
    </>
  );
}
