'use client';
import { useRead } from '@komplat/api-client';
import {
  Button, Card, type Column, DataTable, Empty, FilterChip, formatDay, Frame, PageHeader, SearchFilter, StatusPill, useCan, useSearchState, useTable, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { MORATORIA, type MoratoriumItem, type PlaceList } from '../../contract/index.ts';
import { MarkPill } from '../parts/rule-marks.tsx';
import { ShortTable } from '../parts/short-table.tsx';
import { PlaceDialog, WindowsDialog } from '../parts/territory-forms.tsx';

function useColumns(): readonly Column<MoratoriumItem>[] {
  const text = useText();
  const word = (name: string): string => text(`debt.ui.territories.${name}`);
  return [
    {
      key: 'territory',
      title: word('territory'),
      fixed: true,
      wrap: true,
      cell: (row) => (row.territory === null ? word('country') : `${row.name ?? ''} ${row.territory}`),
    },
    { key: 'kind', title: word('kind'), filter: 'kind', cell: (row) => text(`debt.ui.moratorium.${row.kind}`) },
    { key: 'from', title: word('from'), sortable: true, cell: (row) => formatDay(row.from) },
    { key: 'to', title: word('to'), cell: (row) => (row.to ? formatDay(row.to) : word('open')) },
    {
      key: 'standing',
      title: word('state'),
      filter: 'standing',
      cell: (row) => <StatusPill kind={row.standing ? 'warn' : 'idle'}>{text(row.standing ? 'debt.ui.card.stands' : 'debt.ui.card.over')}</StatusPill>,
    },
    { key: 'ground', title: word('ground'), wrap: true, cell: (row) => `${row.ground}; ${row.act}` },
    { key: 'mark', title: word('mark'), cell: (row) => <MarkPill mark={row.mark} /> },
  ];
}

function Windows(): ReactNode {
  const text = useText();
  const [search] = useSearchState();
  const pages = useTable<MoratoriumItem>('debt/moratoria', { kind: search.get('kind'), standing: search.get('standing'), q: search.get('q') });
  const columns = useColumns();
  return (
    <Card title={text('debt.ui.territories.windows')}>
      <DataTable
        caption={text('debt.ui.territories.windows')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        order="-from"
        free
        filters={
          <>
            <FilterChip
              name="kind"
              label={text('debt.ui.territories.kind')}
              all={text('debt.ui.debtors.any')}
              options={MORATORIA.map((value) => ({ value, label: text(`debt.ui.moratorium.${value}`) }))}
            />
            <FilterChip
              name="standing"
              label={text('debt.ui.territories.state')}
              all={text('debt.ui.debtors.any')}
              options={[{ value: 'yes', label: text('debt.ui.card.stands') }]}
            />
            <SearchFilter label={text('debt.ui.territories.q')} width={190} />
          </>
        }
        permission="debt.read"
        empty={<Empty icon="table" title={text('debt.ui.territories.empty')} />}
      />
    </Card>
  );
}

function Places(): ReactNode {
  const text = useText();
  const word = (name: string): string => text(`debt.ui.territories.${name}`);
  const read = useRead<PlaceList>('debt/places');
  return (
    <Card title={word('places')} sub={word('places-text')}>
      <Frame read={read} rows={3} permission="debt.read">
        {({ items }) => (
          <ShortTable
            caption={word('places')}
            rows={items.map((place) => ({
              key: place.id,
              cells: [
                {
                  key: 'where',
                  title: word('where'),
                  value: place.house ?? (place.district === null ? word('city') : text('debt.ui.territories.of-district', { district: place.district })),
                },
                { key: 'territory', title: word('territory'), value: `${place.name} ${place.territory}` },
                { key: 'from', title: word('from'), value: formatDay(place.from) },
                { key: 'standing', title: word('standing'), right: true, value: place.standing },
                { key: 'decision', title: word('decision'), value: place.decision },
              ],
            }))}
          />
        )}
      </Frame>
    </Card>
  );
}

/** Moratoria by territory (КАТОТТГ), and where the city, its districts and houses lie; changes wait for a second person. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const [asked, setAsked] = useState<'windows' | 'place'>();
  return (
    <>
      <PageHeader
        title={text('debt.ui.territories.title')}
        text={text('debt.ui.territories.text')}
        actions={
          can('debt.law-tables.edit') && (
            <>
              <Button onClick={() => setAsked('place')}>{text('debt.ui.territories.ask-place')}</Button>
              <Button kind="primary" onClick={() => setAsked('windows')}>
                {text('debt.ui.territories.ask-windows')}
              </Button>
            </>
          )
        }
      />
      <div className="stack" style={{ gap: 14 }}>
        <Places />
        <Windows />
      </div>
      {asked === 'windows' && <WindowsDialog onClose={() => setAsked(undefined)} />}
      {asked === 'place' && <PlaceDialog onClose={() => setAsked(undefined)} />}
    </>
  );
}
