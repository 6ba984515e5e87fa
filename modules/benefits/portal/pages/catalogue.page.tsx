'use client';
import { useRead } from '@komplat/api-client';
import { Button, Card, formatDay, Frame, PageHeader, StatusPill, TextField, useCan, useSearchState, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CategoryList, CategoryView } from '../../contract/index.ts';
import { ChangeDialog } from '../parts/category-change.tsx';
import { HeadRow } from '../parts/head-row.tsx';
import { RuleTable } from '../parts/rule-table.tsx';
import { daysOf, markKind, markWord, percentOf } from '../parts/words.ts';

const COLUMNS = ['code', 'name', 'percent', 'terms', 'law', 'days', 'mark', 'holders'] as const;
const RIGHT: readonly string[] = ['percent', 'holders'];

function Row({ row, onChange }: { row: CategoryView; onChange: (() => void) | undefined }): ReactNode {
  const text = useText();
  return (
    <tr>
      <th scope="row">
        {row.code}
        {row.edarpCode && <small>{text('benefits.ui.catalogue.edarp', { code: row.edarpCode })}</small>}
      </th>
      <td className="whitespace-normal min-w-[200px]">{row.name}</td>
      <td className="r tnum">{percentOf(row.percent)}</td>
      <td className="whitespace-normal">
        {[text(`benefits.ui.norm.${row.normRule}`), text(`benefits.ui.coverage.${row.coverage}`)].join(', ')}
        <small>{text(`benefits.ui.income.${row.incomeRule}`)}</small>
      </td>
      <td className="t2 whitespace-normal min-w-[260px]">{row.decision}</td>
      <td className="t2 whitespace-nowrap">{daysOf(text, row.from, row.to)}</td>
      <td>
        <StatusPill kind={markKind(row.mark)}>{markWord(text, row.mark)}</StatusPill>
      </td>
      <td className="r tnum">{row.holders}</td>
      <td className="r">
        {onChange && (
          <Button size="small" onClick={onChange}>
            {text('benefits.ui.catalogue.change')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Table({ list, onChange }: { list: CategoryList; onChange: ((row: CategoryView) => void) | undefined }): ReactNode {
  const text = useText();
  return (
    <div className="scrollx tall">
      <table className="tbl">
        <caption>{text('benefits.ui.catalogue.as-of', { day: formatDay(list.asOf) })}</caption>
        <HeadRow prefix="benefits.ui.catalogue" names={COLUMNS} right={RIGHT} acts />
        <tbody>
          {list.items.map((row) => (
            <Row key={`${row.code}/${row.from}`} row={row} onChange={onChange && row.to === null ? () => onChange(row) : undefined} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The catalogue of benefits as of a day: percent, norm, income, family, law; changed by two people. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const [search, set] = useSearchState();
  const [asked, setAsked] = useState<CategoryView>();
  const asOf = search.get('asOf');
  const read = useRead<CategoryList>('benefits/categories', { asOf });
  return (
    <>
      <PageHeader title={text('benefits.ui.catalogue.title')} text={text('benefits.ui.catalogue.text')} />
      <Card>
        <div className="px-3.5 pt-3" style={{ maxWidth: 220 }}>
          <TextField
            label={text('benefits.ui.catalogue.day')}
            type="date"
            defaultValue={asOf ?? read.data?.asOf ?? ''}
            key={read.data ? 'known' : 'unknown'}
            onChange={(event) => set({ asOf: event.target.value || undefined })}
          />
        </div>
        <Frame read={read} rows={14} permission="benefits.read">
          {(list) => <Table list={list} onChange={can('benefits.catalogue.edit') ? setAsked : undefined} />}
        </Frame>
      </Card>
      <div className="mt-3.5">
        <RuleTable asOf={asOf} />
      </div>
      {asked && <ChangeDialog row={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
