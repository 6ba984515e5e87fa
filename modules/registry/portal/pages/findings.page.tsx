'use client';
import { useRead } from '@komplat/api-client';
import { FilterChip, formatCount, formatInstant, PageHeader, SearchFilter, Stats, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { FindingItem, FindingSummary } from '../../contract/index.ts';
import { FindingsTable, StateFilter } from '../parts/findings-table.tsx';
import { TrendLine } from '../parts/trend-line.tsx';

function Filters({ summary }: { summary: FindingSummary | undefined }): ReactNode {
  const text = useText();
  const all = text('registry.ui.findings.any');
  const checks = (summary?.byCheck ?? []).map(({ check, title, open }) => ({ value: check, label: text(title), count: open }));
  const severities = (['blocks', 'warns', 'informs'] as const).map((value) => ({
    value, label: text(`registry.ui.severity.${value}`), count: summary?.bySeverity[value] ?? 0,
  }));
  const assigned = ['me', 'nobody'].map((value) => ({ value, label: text(`registry.ui.findings.to-${value}`) }));
  return (
    <>
      <FilterChip name="severity" label={text('registry.ui.findings.severity')} all={all} options={severities} />
      <FilterChip name="check" label={text('registry.ui.findings.rule')} all={all} options={checks} />
      <StateFilter />
      <FilterChip name="assigned" label={text('registry.ui.findings.assigned')} all={all} options={assigned} />
      <SearchFilter label={text('registry.ui.findings.filter')} width={180} />
    </>
  );
}

function Summary({ summary }: { summary: FindingSummary }): ReactNode {
  const text = useText();
  const { lastRun, bySeverity } = summary;
  const count = (severity: FindingItem['severity']): string => formatCount(bySeverity[severity] ?? 0);
  return (
    <Stats
      items={[
        ...(['blocks', 'warns', 'informs'] as const).map((severity) => ({ key: severity, label: text(`registry.ui.severity.${severity}`), value: count(severity) })),
        { key: 'mine', label: text('registry.ui.findings.mine'), value: formatCount(summary.mine), note: text('registry.ui.findings.unassigned', { count: summary.unassigned }) },
        {
          key: 'run', label: text('registry.ui.findings.last-run'),
          value: lastRun ? formatInstant(lastRun.at) : text('registry.ui.findings.never'),
          note: lastRun ? text('registry.ui.findings.run-note', { accounts: formatCount(lastRun.accounts), seconds: formatCount(Math.ceil(lastRun.seconds)) }) : undefined,
        },
        { key: 'trend', label: text('registry.ui.findings.trend'), value: <TrendLine points={summary.trend} /> },
      ]}
    />
  );
}

/** What the rules over the data found: severity, subject, who works on it, since when. The worst stands on top. */
export function Page(): ReactNode {
  const text = useText();
  const { data: summary } = useRead<FindingSummary>('registry/findings/summary');
  return (
    <>
      <PageHeader title={text('registry.ui.findings.title')} text={text('registry.ui.findings.text')} />
      {summary && <Summary summary={summary} />}
      <FindingsTable filters={<Filters summary={summary} />} />
    </>
  );
}
