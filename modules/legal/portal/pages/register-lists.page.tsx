'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Banner, Button, Card, Empty, FileDrop, formatCount, formatInstant, Frame, PageHeader, SelectField, StatusPill, useCan, useErrorText, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CaseListHeads, CaseListRef } from '../../contract/index.ts';

function Upload(): ReactNode {
  const text = useText();
  const act = useAct<CaseListRef>(['legal/case-lists']);
  const router = useRouter();
  const sentence = useErrorText();
  const [kind, setKind] = useState('court');
  const [file, setFile] = useState<File>();
  const send = (chosen: File): void =>
    act.mutate(
      { path: 'legal/case-lists', options: { query: { kind, name: chosen.name }, bytes: chosen } },
      { onSuccess: ({ id }) => router.push(`/legal/case-lists/${id}`) },
    );
  return (
    <div className="stack s">
      <FileDrop title={file ? file.name : text('legal.ui.lists.drop')} hint={text('legal.ui.lists.hint')} accept=".csv,.xlsx" onFile={setFile} />
      <SelectField
        label={text('legal.ui.lists.kind')}
        value={kind}
        options={['court', 'executor'].map((value) => ({ value, label: text(`legal.ui.lists.kind-${value}`) }))}
        onChange={(event) => setKind(event.target.value)}
      />
      {act.error && <Banner kind="bad">{sentence(act.error)}</Banner>}
      <Button kind="primary" icon="file-up" busy={act.isPending} why={file ? undefined : text('legal.ui.lists.choose')} onClick={() => file && send(file)}>
        {text('legal.ui.lists.send')}
      </Button>
    </div>
  );
}

function Heads({ heads }: { heads: CaseListHeads }): ReactNode {
  const text = useText();
  if (heads.items.length === 0) return <Empty icon="file-input" title={text('legal.ui.lists.empty')} text={text('legal.ui.lists.hint')} />;
  return (
    <table className="tbl dense">
      <caption>{text('legal.ui.lists.title')}</caption>
      <tbody>
        {heads.items.map((list) => (
          <tr key={list.id}>
            <th scope="row">
              <AppLink href={`/legal/case-lists/${list.id}`}>{list.fileName}</AppLink>
            </th>
            <td>{text(`legal.ui.lists.kind-${list.kind}`)}</td>
            <td>
              <StatusPill kind={list.state === 'taken' ? 'ok' : 'info'}>{text(`legal.ui.lists.state-${list.state}`)}</StatusPill>
            </td>
            <td>{Object.entries(list.counts).map(([outcome, count]) => `${text(`legal.ui.lists.outcome-${outcome}`)}: ${formatCount(count)}`).join(', ')}</td>
            <td>{formatInstant(list.at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lists of courts and executors. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const read = useRead<CaseListHeads>('legal/case-lists');
  return (
    <>
      <PageHeader title={text('legal.ui.lists.title')} text={text('legal.ui.lists.text')} />
      <div className="grid side" style={{ gridTemplateColumns: can('legal.case.act') ? 'minmax(0,1fr) 330px' : undefined, gap: 14 }}>
        <Card title={text('legal.ui.lists.title')}>
          <Frame read={read} rows={6} permission="legal.case.read">
            {(heads) => <Heads heads={heads} />}
          </Frame>
        </Card>
        {can('legal.case.act') && (
          <Card padded title={text('legal.ui.lists.send')}>
            <Upload />
          </Card>
        )}
      </div>
    </>
  );
}
