'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Bar,
  Card,
  formatRecent,
  Frame,
  PageHeader,
  StatusPill,
  useLocale,
  useMe,
  useRouter,
  useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { ProcessHistory, ProcessSummary } from '../parts/process-panel.tsx';
import { processPill, subjectOf, wordOf } from '../parts/process-words.ts';
import type { Process, ProcessDetail } from '../parts/types.ts';

function Parts({ parts }: { parts: readonly Process[] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  return (
    <table className="tbl">
      <caption>{text('administration.ui.process.parts')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('administration.ui.processes.process')}</th>
          <th scope="col">{text('administration.ui.processes.phase')}</th>
          <th scope="col">{text('administration.ui.processes.state')}</th>
          <th scope="col">{text('administration.ui.process.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => {
          const look = processPill(part.state);
          return (
            <tr key={part.id}>
              <th scope="row">
                <AppLink href={`/processes/${encodeURIComponent(part.id)}`}>{subjectOf(part.subject, locale)}</AppLink>
              </th>
              <td>
                {wordOf(text, `${part.module}.ui.phase`, part.phase)}
                <div className="mt-1 w-[106px]">
                  <Bar
                    parts={[
                      { kind: look.kind, share: part.phases ? Math.round((part.phaseNo * 100) / part.phases) : 0 },
                    ]}
                  />
                </div>
              </td>
              <td>
                <StatusPill kind={look.kind} icon={look.icon}>
                  {wordOf(text, 'administration.ui.process-state', part.state)}
                </StatusPill>
              </td>
              <td className="tnum">{formatRecent(part.updatedAt, today)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** One process with its history and its parts. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { params } = useRouter();
  const read = useRead<ProcessDetail>(
    `administration/processes/${encodeURIComponent(params['id'] ?? '')}`,
    {},
    { every: 4_000 },
  );
  return (
    <Frame read={read} rows={8} permission="administration.process.read">
      {(process) => (
        <>
          <PageHeader
            title={`${wordOf(text, 'administration.ui.process-type', process.type)}: ${subjectOf(process.subject, locale, process.providerName)}`}
            text={<AppLink href="/processes">{text('administration.ui.process.all')}</AppLink>}
          />
          <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 380px' }}>
            <div className="stack">
              {process.children.length > 0 && (
                <Card title={text('administration.ui.process.parts')} sub={String(process.children.length)}>
                  <Parts parts={process.children} />
                </Card>
              )}
              <ProcessHistory process={process} />
            </div>
            <ProcessSummary process={process} link={false} />
          </div>
        </>
      )}
    </Frame>
  );
}
