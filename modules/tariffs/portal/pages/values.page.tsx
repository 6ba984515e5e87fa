'use client';
import {
  Button, Card, DataTable, Empty, FilterChip, formatDay, formatDecimal, PageHeader, SearchFilter, StatusPill, useCan, useLocale, useSearchState, useTable,
  useText, type Column, type PillKind,
} from '@komplat/ui';
import { groupWords } from '@komplat/registry/contract';
import { useState, type ReactNode } from 'react';
import type { ValueVersion } from '../../contract/index.ts';
import { VersionForm } from '../parts/version-form.tsx';

/** How sure a value is: what is not confirmed is shown to the reader. */
const kindOf = (mark: string): PillKind => (mark === 'confirmed' || mark === 'published' ? 'ok' : mark === 'needs a lawyer' ? 'bad' : 'warn');

function useColumns(onChange: (row: ValueVersion) => void): readonly Column<ValueVersion>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const named = ({ name, book }: ValueVersion): string => {
    const [key, params] = book === 'parameters' ? [`tariffs.ui.parameter.${name}`, {}] : groupWords(name);
    return text.has(key) ? text(key, params) : name;
  };
  return [
    {
      key: 'place',
      title: text('tariffs.ui.what'),
      fixed: true,
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.serviceName ?? named(row)}
          <small>
            {[row.provider, row.serviceName && named(row), row.tier !== null && row.tier > 1 ? text('tariffs.ui.tier', { tier: row.tier }) : null]
              .filter(Boolean)
              .join(', ')}
          </small>
        </>
      ),
    },
    {
      key: 'value',
      title: text('tariffs.ui.value'),
      align: 'right',
      cell: (row) =>
        row.value === '' ? (
          <span className="mut">{text('tariffs.ui.days-only')}</span>
        ) : (
          <span className={row.current ? 'num' : 'num mut'}>{`${formatDecimal(row.value, locale)} ${row.unit}`}</span>
        ),
    },
    {
      key: 'from',
      title: text('tariffs.ui.days'),
      sortable: true,
      cell: (row) => `${formatDay(row.from)} – ${row.to ? formatDay(row.to) : text('tariffs.ui.now')}`,
    },
    { key: 'act', title: text('tariffs.ui.act'), wrap: true, cell: (row) => row.act },
    {
      key: 'mark',
      title: text('tariffs.ui.mark'),
      cell: (row) => <StatusPill kind={kindOf(row.mark)}>{text(`tariffs.ui.mark.${row.mark.replaceAll(' ', '-')}`)}</StatusPill>,
    },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('tariffs.ui.acts')}</span>,
      cell: (row) =>
        row.waiting && row.last ? (
          <StatusPill kind="appr">{text('tariffs.ui.waiting')}</StatusPill>
        ) : (
          row.last &&
          can('tariffs.change') && (
            <Button size="small" onClick={() => onChange(row)}>
              {text('tariffs.ui.change')}
            </Button>
          )
        ),
    },
  ];
}

/** Tariffs, norms and parameters with their days, decisions and marks; a new version is agreed on by two people. */
export function Page(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const [asked, setAsked] = useState<ValueVersion>();
  const columns = useColumns(setAsked);
  const pages = useTable<ValueVersion>('tariffs/values', { book: search.get('book'), show: search.get('show'), q: search.get('q') });
  return (
    <>
      <PageHeader title={text('tariffs.ui.title')} text={text('tariffs.ui.text')} />
      <Card>
        <DataTable
          caption={text('tariffs.ui.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.id}
          order="place"
          filters={
            <>
              <FilterChip
                name="book"
                label={text('tariffs.ui.book')}
                all={text('tariffs.ui.book.tariffs')}
                options={['norms', 'parameters'].map((value) => ({ value, label: text(`tariffs.ui.book.${value}`) }))}
              />
              <FilterChip
                name="show"
                label={text('tariffs.ui.show')}
                all={text('tariffs.ui.show.now')}
                options={[{ value: 'all', label: text('tariffs.ui.show.all') }]}
              />
              <SearchFilter label={text('tariffs.ui.filter')} width={240} />
            </>
          }
          permission="tariffs.read"
          empty={<Empty icon="settings" title={text('tariffs.ui.empty')} text={text('tariffs.ui.empty-text')} />}
        />
      </Card>
      {asked && <VersionForm row={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
