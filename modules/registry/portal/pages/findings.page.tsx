'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, DataTable, Dialog, Empty, FilterChip, formatAccount, formatCount, formatInstant, FormFailure, PageHeader, Person,
  ReasonDialog, SearchFilter, Stats, StatusPill, TextField, toast, useCan, useMe, useRouter, useTable, useText, type Column, type Marks, type PillKind,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { FindingItem, FindingOutcome, FindingSummary } from '../../contract/index.ts';
import { TrendLine } from '../parts/trend-line.tsx';

const PILL: Readonly<Record<FindingItem['severity'], PillKind>> = { blocks: 'bad', warns: 'warn', informs: 'info' };

function useColumns(): readonly Column<FindingItem>[] {
  const text = useText();
  return [
    {
      key: 'severity', title: text('registry.ui.findings.severity'), fixed: true, sortable: true, filter: 'severity',
      cell: (row) => <StatusPill kind={PILL[row.severity]}>{text(`registry.ui.severity.${row.severity}`)}</StatusPill>,
    },
    {
      key: 'check', title: text('registry.ui.findings.rule'), sortable: true, filter: 'check', wrap: true,
      cell: (row) => (
        <>
          {text(row.title)}
          <small>{paramsOf(text, row.params)}</small>
        </>
      ),
    },
    {
      key: 'account', title: text('registry.ui.findings.subject'), sortable: true, wrap: true,
      cell: (row) =>
        row.account ? (
          <>
            <AppLink href={`/registry/accounts/${row.account}`} className="tnum">
              {formatAccount(row.account)}
            </AppLink>
            <small>{row.address}</small>
          </>
        ) : (
          <span className="mono">{row.subject}</span>
        ),
    },
    { key: 'assigned', title: text('registry.ui.findings.assigned'), sortable: true, filter: 'assigned', cell: (row) => <Person login={row.assignedTo} /> },
    { key: 'seen', title: text('registry.ui.findings.since'), sortable: true, cell: (row) => formatInstant(row.firstSeen) },
    { key: 'note', title: text('registry.ui.findings.note'), spare: true, wrap: true, cell: (row) => row.note },
  ];
}

function paramsOf(text: ReturnType<typeof useText>, params: FindingItem['params']): string {
  const shown = Object.entries(params).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return shown.map(([name, value]) => `${text.has(`registry.ui.param.${name}`) ? text(`registry.ui.param.${name}`) : name}: ${String(value)}`).join(', ');
}

function Filters({ summary }: { summary: FindingSummary | undefined }): ReactNode {
  const text = useText();
  const all = text('registry.ui.findings.any');
  const checks = (summary?.byCheck ?? []).map(({ check, title, open }) => ({ value: check, label: text(title), count: open }));
  const severities = (['blocks', 'warns', 'informs'] as const).map((value) => ({
    value, label: text(`registry.ui.severity.${value}`), count: summary?.bySeverity[value] ?? 0,
  }));
  const states = ['accepted', 'resolved'].map((value) => ({ value, label: text(`registry.ui.finding-state.${value}`) }));
  const assigned = ['me', 'nobody'].map((value) => ({ value, label: text(`registry.ui.findings.to-${value}`) }));
  return (
    <>
      <FilterChip name="severity" label={text('registry.ui.findings.severity')} all={all} options={severities} />
      <FilterChip name="check" label={text('registry.ui.findings.rule')} all={all} options={checks} />
      <FilterChip name="state" label={text('registry.ui.findings.state')} all={text('registry.ui.finding-state.open')} options={states} />
      <FilterChip name="assigned" label={text('registry.ui.findings.assigned')} all={all} options={assigned} />
      <SearchFilter label={text('registry.ui.findings.filter')} width={180} />
    </>
  );
}

function AssignDialog(props: { ids: readonly string[]; onClose: () => void; onDone: (outcome: FindingOutcome) => void }): ReactNode {
  const text = useText();
  const { login } = useMe();
  const [to, setTo] = useState(login);
  const act = useAct<FindingOutcome>(['registry/findings']);
  const send = (who: string | null): void =>
    act.mutate({ path: 'registry/findings/assign', options: { json: { ids: props.ids, to: who } } }, { onSuccess: props.onDone });
  return (
    <Dialog open title={text('registry.ui.findings.assign-title', { count: props.ids.length })} onClose={props.onClose}>
      <div className="b">
        <TextField label={text('registry.ui.findings.login')} value={to} onChange={(event) => setTo(event.target.value)} />
        <FormFailure error={act.error} />
      </div>
      <footer>
        <Button onClick={() => send(null)}>{text('registry.ui.findings.to-nobody')}</Button>
        <Button kind="primary" busy={act.isPending} why={to.trim() ? undefined : text('registry.ui.form.empty')} onClick={() => send(to.trim())}>
          {text('registry.ui.findings.assign', { count: props.ids.length })}
        </Button>
      </footer>
    </Dialog>
  );
}

function Acts({ marks, rows }: { marks: Marks; rows: readonly FindingItem[] }): ReactNode {
  const text = useText();
  const [open, setOpen] = useState<'assign' | 'accept'>();
  const act = useAct<FindingOutcome>(['registry/findings']);
  const ids = marks.all ? rows.map(({ id }) => id) : [...marks.ids];
  const done = ({ done: changed, skipped }: FindingOutcome): void => {
    toast.done(text('registry.ui.findings.done', { count: changed.length, skipped: skipped.length }));
    marks.clear();
    setOpen(undefined);
  };
  const accept = (reason: string): void =>
    act.mutate({ path: 'registry/findings/accept', options: { json: { ids, accept: true, reason } } }, { onSuccess: done });
  return (
    <>
      <Button size="small" icon="user" onClick={() => setOpen('assign')}>
        {text('registry.ui.findings.assign', { count: ids.length })}
      </Button>
      <Button size="small" icon="check" onClick={() => setOpen('accept')}>
        {text('registry.ui.findings.accept', { count: ids.length })}
      </Button>
      {open === 'assign' && <AssignDialog ids={ids} onClose={() => setOpen(undefined)} onDone={done} />}
      <ReasonDialog
        open={open === 'accept'}
        title={text('registry.ui.findings.accept-title', { count: ids.length })}
        effect={text('registry.ui.findings.accept-effect')}
        action={text('registry.ui.findings.accept', { count: ids.length })}
        busy={act.isPending}
        error={act.error}
        onSubmit={accept}
        onClose={() => setOpen(undefined)}
      />
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
          note: lastRun ? text('registry.ui.findings.run-note', { accounts: lastRun.accounts, checks: lastRun.checks, seconds: String(lastRun.seconds) }) : undefined,
        },
        { key: 'trend', label: text('registry.ui.findings.trend'), value: <TrendLine points={summary.trend} /> },
      ]}
    />
  );
}

/** What the rules over the data found: severity, subject, who works on it, since when. The worst stands on top. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const names = ['state', 'severity', 'check', 'assigned', 'q'];
  const pages = useTable<FindingItem>('registry/findings', Object.fromEntries(names.map((name) => [name, search.get(name)])));
  const { data: summary } = useRead<FindingSummary>('registry/findings/summary');
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns = useColumns();
  return (
    <>
      <PageHeader title={text('registry.ui.findings.title')} text={text('registry.ui.findings.text')} />
      {summary && <Summary summary={summary} />}
      <Card>
        <DataTable
          caption={text('registry.ui.findings.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="severity"
          {...(can('registry.finding.manage') ? { marked: (marks: Marks) => <Acts marks={marks} rows={rows} /> } : {})}
          filters={<Filters summary={summary} />}
          permission="registry.finding.read"
          empty={<Empty icon="done" title={text('registry.ui.findings.empty')} text={text('registry.ui.findings.empty-text')} />}
        />
      </Card>
    </>
  );
}
