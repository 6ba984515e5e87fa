'use client';
import { useAct } from '@komplat/api-client';
import {
  AppLink, Button, Card, DataTable, Dialog, Empty, FilterChip, formatAccount, formatInstant, FormFailure, Person, ReasonDialog, StatusPill, TextField,
  toast, useCan, useMe, useRouter, useTable, useText, type Column, type Marks, type PillKind,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { FindingItem, FindingOutcome } from '../../contract/index.ts';

export const SEVERITY_PILL: Readonly<Record<FindingItem['severity'], PillKind>> = { blocks: 'bad', warns: 'warn', informs: 'info' };

function useColumns(): readonly Column<FindingItem>[] {
  const text = useText();
  return [
    {
      key: 'severity', title: text('registry.ui.findings.severity'), fixed: true, sortable: true, filter: 'severity',
      cell: (row) => <StatusPill kind={SEVERITY_PILL[row.severity]}>{text(`registry.ui.severity.${row.severity}`)}</StatusPill>,
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

const NAMES = ['state', 'severity', 'check', 'assigned', 'q'];

/** The list of findings by the filters of the address, with what may be done with them; `account` = of one account only. */
export function FindingsTable({ account, filters }: { account?: string; filters: ReactNode }): ReactNode {
  const text = useText();
  const can = useCan();
  const { search } = useRouter();
  const chosen = Object.fromEntries(NAMES.map((name) => [name, search.get(name)]));
  const pages = useTable<FindingItem>('registry/findings', { ...chosen, account });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns = useColumns().filter(({ key }) => account === undefined || key !== 'account');
  return (
    <Card>
      <DataTable
        caption={text('registry.ui.findings.title')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        order="severity"
        {...(can('registry.finding.manage') ? { marked: (marks: Marks) => <Acts marks={marks} rows={rows} /> } : {})}
        filters={filters}
        permission="registry.finding.read"
        empty={<Empty icon="done" title={text('registry.ui.findings.empty')} text={text('registry.ui.findings.empty-text')} />}
      />
    </Card>
  );
}

/** Open findings, or those that were put aside or are gone. */
export function StateFilter(): ReactNode {
  const text = useText();
  const states = ['accepted', 'resolved'].map((value) => ({ value, label: text(`registry.ui.finding-state.${value}`) }));
  return <FilterChip name="state" label={text('registry.ui.findings.state')} all={text('registry.ui.finding-state.open')} options={states} />;
}
