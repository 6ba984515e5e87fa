'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Banner, Button, Card, formatInstant, Frame, PageHeader, Person, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { TemplateVersion, TemplateVersions } from '../../contract/index.ts';
import { TemplateStatePill } from '../parts/pack-look.tsx';
import { TemplateEditor } from '../parts/template-editor.tsx';

function Versions({ items, onOpen }: { items: readonly TemplateVersion[]; onOpen: (version: TemplateVersion) => void }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.templates.${key}`);
  return (
    <table className="tbl">
      <caption className="vh">{word('title')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('document')}</th>
          <th scope="col">{word('version')}</th>
          <th scope="col">{word('state-title')}</th>
          <th scope="col">{word('mark')}</th>
          <th scope="col">{word('reason')}</th>
          <th scope="col">{word('by')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={`${row.code} ${row.version}`}>
            <td>{text(`legal.ui.packs.kind-${row.code}`)}</td>
            <td>
              <Button size="small" onClick={() => onOpen(row)}>
                {text('legal.ui.templates.open', { version: row.version })}
              </Button>
            </td>
            <td>
              <TemplateStatePill state={row.state} /> {row.inForce && <b>{word('in-force')}</b>}
            </td>
            <td>{row.mark}</td>
            <td>{row.reason}</td>
            <td>
              <Person login={row.createdBy} />
              <small>{formatInstant(row.createdAt)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Whole({ list }: { list: TemplateVersions }): ReactNode {
  const text = useText();
  const [open, setOpen] = useState<TemplateVersion | null>(null);
  const marked = list.items.filter(({ inForce, mark }) => inForce && mark !== '');
  return (
    <>
      <PageHeader
        title={text('legal.ui.templates.title')}
        text={<AppLink href="/legal/packs">{text('legal.ui.packs.back')}</AppLink>}
      />
      {marked.map(({ code, version, mark }) => (
        <Banner key={code} kind="warn">
          {text('legal.ui.templates.marked', { kind: text(`legal.ui.packs.kind-${code}`), version, mark })}
        </Banner>
      ))}
      <Card title={text('legal.ui.templates.versions')}>
        <Versions items={list.items} onOpen={setOpen} />
      </Card>
      {open && <TemplateEditor key={`${open.code} ${open.version}`} version={open} fields={list.fields} onSaved={setOpen} />}
    </>
  );
}

/** Texts of packs: versions, editor, trial on an account, approval. */
export function Page(): ReactNode {
  const read = useRead<TemplateVersions>('legal/templates');
  return <Frame read={read}>{(list) => <Whole list={list} />}</Frame>;
}
