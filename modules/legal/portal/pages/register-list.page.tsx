'use client';
import { useAct, useRead } from '@komplat/api-client';
import { AppLink, Button, Card, ErrorState, Frame, PageHeader, StatusPill, toast, useCan, useMessage, useRouter, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CaseListView } from '../../contract/index.ts';

const LOOKS = { ready: 'info', done: 'ok', problem: 'warn', failed: 'bad' } as const;

function Rows({ view }: { view: CaseListView }): ReactNode {
  const text = useText();
  const message = useMessage();
  return (
    <table className="tbl dense">
      <caption>{view.fileName}</caption>
      <thead>
        <tr>
          {['line', 'outcome', 'case', 'act', 'cells'].map((key) => (
            <th key={key} scope="col">
              {text(`legal.ui.lists.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <tr key={row.line}>
            <th scope="row">{row.line}</th>
            <td className="whitespace-normal">
              <StatusPill kind={LOOKS[row.outcome]}>{text(`legal.ui.lists.outcome-${row.outcome}`)}</StatusPill>
              {row.why && <small>{message({ key: `error.${row.why.code}`, params: row.why.params })}</small>}
            </td>
            <td>{row.caseId && <AppLink href={`/legal/cases/${row.caseId}`}>{row.number}</AppLink>}</td>
            <td>{row.act && text(`legal.case.act.${row.act}`)}</td>
            <td className="whitespace-normal">{Object.values(row.cells).filter(Boolean).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sheet({ view }: { view: CaseListView }): ReactNode {
  const text = useText();
  const can = useCan();
  const act = useAct<unknown>(['legal/']);
  const ready = view.counts['ready'] ?? 0;
  const order = (what: 'take' | 'drop'): void =>
    act.mutate({ path: `legal/case-lists/${view.id}/order`, options: { json: { act: what } } }, {
      onSuccess: () => toast.done(text(`legal.ui.lists.done-${what}`)),
    });
  return (
    <>
      <PageHeader
        title={view.fileName}
        pills={<StatusPill kind={view.state === 'taken' ? 'ok' : 'info'}>{text(`legal.ui.lists.state-${view.state}`)}</StatusPill>}
        text={text(`legal.ui.lists.kind-${view.kind}`)}
        actions={
          can('legal.case.act') &&
          view.state === 'preview' && (
            <>
              <Button busy={act.isPending} onClick={() => order('drop')}>
                {text('legal.ui.lists.drop-list')}
              </Button>
              <Button kind="primary" busy={act.isPending} why={ready === 0 ? text('legal.ui.lists.nothing-ready') : undefined} onClick={() => order('take')}>
                {text('legal.ui.lists.take', { count: ready })}
              </Button>
            </>
          )
        }
      />
      {act.error && <ErrorState error={act.error} onRetry={() => act.reset()} />}
      <Card>
        <Rows view={view} />
      </Card>
    </>
  );
}

/** One list: what every row would do, or did, and why not. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<CaseListView>(`legal/case-lists/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={read} rows={10} permission="legal.case.read">
      {(view) => <Sheet view={view} />}
    </Frame>
  );
}
