'use client';
import { useRead } from '@komplat/api-client';
import { Card, FilterChip, PageHeader, Segments, useSearchState, useText } from '@komplat/ui';
import type { ComponentType, ReactNode } from 'react';
import type { DebtChoices } from '../../contract/index.ts';
import { AgeingView, LimitationView, MovementView, PaidView, YearsView } from '../parts/report-views.tsx';

const VIEWS = ['years', 'ageing', 'paid', 'movement', 'limitation'] as const;
type View = (typeof VIEWS)[number];
const PARTS: Readonly<Record<View, ComponentType<{ provider: string | undefined }>>> = {
  years: YearsView,
  ageing: AgeingView,
  paid: PaidView,
  movement: MovementView,
  limitation: LimitationView,
};

/** Debt of the city by years and age, payments by periods, movement, what passes limitation. */
export function Page(): ReactNode {
  const text = useText();
  const [search, set] = useSearchState();
  const view = VIEWS.find((name) => name === search.get('view')) ?? 'years';
  const choices = useRead<DebtChoices>('debt/choices', {}, { fresh: 60_000 });
  const Part = PARTS[view];
  return (
    <>
      <PageHeader title={text('debt.ui.reports.title')} text={text('debt.ui.reports.text')} />
      <Card>
        <div className="tools">
          <Segments
            label={text('debt.ui.reports.view')}
            value={view}
            options={VIEWS.map((value) => ({ value, label: text(`debt.ui.reports.${value}`) }))}
            onChange={(value) => set({ view: value === 'years' ? undefined : value })}
          />
          <FilterChip
            name="provider"
            label={text('debt.ui.reports.provider')}
            all={text('debt.ui.debtors.any')}
            options={(choices.data?.providers ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </div>
        <Part provider={search.get('provider') ?? undefined} />
      </Card>
    </>
  );
}
