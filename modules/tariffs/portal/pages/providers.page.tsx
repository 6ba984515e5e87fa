'use client';
import {
  Button, Card, DataTable, Empty, formatDay, formatMoney, PageHeader, SearchFilter, StatusPill, useCan, useLocale, useSearchState, useTable, useText, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ProviderItem } from '../../contract/index.ts';
import { SuccessionForm, SuccessionUndoForm } from '../parts/succession-form.tsx';

function useColumns(onSucceed: (row: ProviderItem) => void): readonly Column<ProviderItem>[] {
  const text = useText();
  const can = useCan();
  const locale = useLocale();
  return [
    {
      key: 'code',
      title: text('tariffs.ui.providers.code'),
      fixed: true,
      sortable: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.name}
          <small>{row.code}</small>
        </>
      ),
    },
    {
      key: 'days',
      title: text('tariffs.ui.days'),
      cell: (row) => `${row.from ? formatDay(row.from) : ''} – ${row.to ? formatDay(row.to) : text('tariffs.ui.now')}`,
    },
    { key: 'supplies', title: text('tariffs.ui.providers.supplies'), align: 'right', cell: (row) => <span className="num">{row.supplies}</span> },
    {
      key: 'balances',
      title: text('tariffs.ui.providers.balances'),
      wrap: true,
      cell: ({ balances }) =>
        balances &&
        text(`tariffs.ui.providers.balances-${balances.state}`, {
          debt: formatMoney(balances.debt, locale), advance: formatMoney(balances.advance, locale),
        }),
    },
    { key: 'successor', title: text('tariffs.ui.providers.successor'), wrap: true, cell: (row) => row.successor ?? '' },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('tariffs.ui.acts')}</span>,
      cell: (row) =>
        row.waiting ? (
          <StatusPill kind="appr">{text('tariffs.ui.waiting')}</StatusPill>
        ) : (
          can('tariffs.change') && (
            <Button size="small" onClick={() => onSucceed(row)}>
              {text(row.successor === null ? 'tariffs.ui.providers.succeed' : 'tariffs.ui.providers.undo')}
            </Button>
          )
        ),
    },
  ];
}

/** Providers with their days, supplies and successors. */
export function Page(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const [asked, setAsked] = useState<ProviderItem>();
  const pages = useTable<ProviderItem>('tariffs/providers', { q: search.get('q') });
  const columns = useColumns(setAsked);
  return (
    <>
      <PageHeader title={text('tariffs.ui.providers.title')} text={text('tariffs.ui.providers.text')} />
      <Card>
        <DataTable
          caption={text('tariffs.ui.providers.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.code}
          order="code"
          filters={<SearchFilter label={text('tariffs.ui.providers.filter')} width={240} />}
          permission="tariffs.read"
          empty={<Empty icon="building" title={text('tariffs.ui.empty')} />}
        />
      </Card>
      {asked?.successor === null && <SuccessionForm provider={asked} onClose={() => setAsked(undefined)} />}
      {asked && asked.successor !== null && <SuccessionUndoForm provider={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
