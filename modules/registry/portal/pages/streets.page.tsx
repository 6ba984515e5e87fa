'use client';
import {
  Button, Card, DataTable, Empty, formatDay, PageHeader, SearchFilter, useCan, useSearchState, useTable, useText, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { PlaceDone, StreetItem } from '../../contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { HOUSE_FIELDS, houseBody, STREET_FIELDS, streetBody } from '../parts/place-fields.ts';

type Asked = { readonly act: 'add' } | { readonly act: 'rename' | 'house'; readonly street: StreetItem };

function useColumns(ask: (asked: Asked) => void): readonly Column<StreetItem>[] {
  const text = useText();
  const can = useCan();
  return [
    { key: 'name', title: text('registry.ui.streets.name'), fixed: true, sortable: true, cell: (row) => <b className="font-[550]">{row.name}</b> },
    {
      key: 'names',
      title: text('registry.ui.streets.names'),
      wrap: true,
      cell: ({ names }) => (
        <ul>
          {names.slice(1).map(({ name, to, act }) => (
            <li key={`${name}${to}`}>
              {text('registry.ui.streets.until', { name, day: to ? formatDay(to) : '' })} {act && <small className="t2">{act}</small>}
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'act', title: text('registry.ui.streets.act'), wrap: true, cell: ({ names }) => names[0]?.act ?? '' },
    { key: 'district', title: text('registry.ui.streets.district'), align: 'right', cell: (row) => row.district },
    { key: 'houses', title: text('registry.ui.streets.houses'), align: 'right', cell: (row) => <span className="num">{row.houses}</span> },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('registry.ui.places.acts')}</span>,
      cell: (street) =>
        can('registry.account.manage') && (
          <span className="row">
            <Button size="small" onClick={() => ask({ act: 'rename', street })}>
              {text('registry.ui.streets.rename')}
            </Button>
            <Button size="small" onClick={() => ask({ act: 'house', street })}>
              {text('registry.ui.houses.add')}
            </Button>
          </span>
        ),
    },
  ];
}

function Form({ asked, onClose }: { asked: Asked; onClose: () => void }): ReactNode {
  const text = useText();
  if (asked.act === 'house') {
    const { street } = asked;
    return (
      <FormDialog<PlaceDone>
        title={text('registry.ui.houses.add-on', { street: street.name })}
        action={text('registry.ui.houses.add')}
        done={text('registry.ui.places.saved')}
        path="registry/houses"
        fields={() => HOUSE_FIELDS}
        start={{}}
        body={(given) => ({ streetId: street.id, ...houseBody(given) })}
        onClose={onClose}
      />
    );
  }
  const isNew = asked.act === 'add';
  return (
    <FormDialog<PlaceDone>
      title={isNew ? text('registry.ui.streets.add') : text('registry.ui.streets.rename-of', { street: asked.street.name })}
      action={text(isNew ? 'registry.ui.streets.add' : 'registry.ui.streets.rename')}
      done={text('registry.ui.places.saved')}
      path={isNew ? 'registry/streets' : `registry/streets/${asked.street.id}/names`}
      fields={() => (isNew ? [...STREET_FIELDS, { name: 'district', type: 'number' }] : STREET_FIELDS)}
      start={{}}
      body={streetBody}
      onClose={onClose}
    />
  );
}

/** Streets with all their names: renamed by a decision from a day on, the old name stays findable. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const [search] = useSearchState();
  const [asked, setAsked] = useState<Asked>();
  const pages = useTable<StreetItem>('registry/streets', { q: search.get('q') });
  const columns = useColumns(setAsked);
  const add = can('registry.account.manage') && (
    <Button kind="primary" onClick={() => setAsked({ act: 'add' })}>
      {text('registry.ui.streets.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={text('registry.ui.streets.title')} text={text('registry.ui.streets.text')} actions={add} />
      <Card>
        <DataTable
          caption={text('registry.ui.streets.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => String(row.id)}
          order="name"
          filters={<SearchFilter label={text('registry.ui.streets.filter')} width={240} />}
          permission="registry.account.read"
          empty={<Empty icon="building" title={text('registry.ui.streets.empty')} />}
        />
      </Card>
      {asked && <Form asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
