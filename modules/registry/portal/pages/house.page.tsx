'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, DataTable, Empty, formatAccount, formatDay, formatDecimal, formatInstant, Frame, PageHeader, Person, useCan, useLocale, useMe, useRouter,
  useText, wholeList, type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AccountDone, HouseView, PlaceDone } from '../../contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { ENTRANCE_FIELDS, houseBody, openingBody, openingFields, PASSPORT_FIELDS, passportTyped } from '../parts/place-fields.ts';

type Act = 'passport' | 'entrance' | 'open';
type Dwelling = HouseView['premises'][number];

function Form({ act, house, onClose }: { act: Act; house: HouseView; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const { push } = useRouter();
  const on = formatDay(today);
  const common = { action: text(`registry.ui.house.${act}`), title: text(`registry.ui.house.${act}-of`, { address: house.address }), onClose };
  if (act === 'open') {
    return (
      <FormDialog<AccountDone>
        {...common}
        done={text('registry.ui.house.opened')}
        path="registry/accounts"
        fields={(typed) => openingFields(house, typed)}
        start={{ on }}
        body={(given) => openingBody(house.id, given)}
        onDone={({ number }) => push(`/registry/accounts/${number}`)}
      />
    );
  }
  return (
    <FormDialog<PlaceDone>
      {...common}
      done={text('registry.ui.places.saved')}
      path={`registry/houses/${house.id}/${act === 'passport' ? 'passport' : 'entrances'}`}
      fields={() => (act === 'passport' ? [...PASSPORT_FIELDS, { name: 'from', type: 'day' }] : ENTRANCE_FIELDS)}
      start={act === 'passport' ? { ...passportTyped(house.passport), from: on } : { from: on }}
      body={houseBody}
    />
  );
}

function Passport({ house }: { house: HouseView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { kind, lift, ...rest } = house.passport;
  const words = (name: string, value: string | number): string => {
    const key = `registry.ui.choice.${name}.${value}`;
    return text.has(key) ? text(key) : /^[\d.]+$/.test(String(value)) && name !== 'postcode' ? formatDecimal(String(value), locale) : String(value);
  };
  const rows = [
    ['houseKind', words('houseKind', kind)],
    ['yearBuilt', String(house.yearBuilt)],
    ['lift', text(`registry.ui.choice.lift.${lift ? 'yes' : 'no'}`)],
    ...Object.entries(rest).map(([name, value]) => [name, words(name, value)]),
  ];
  return (
    <table className="tbl">
      <caption className="vh">{text('registry.ui.house.facts')}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{text(`registry.ui.form.${name}`)}</th>
            <td className="r tnum">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function History({ house: { entrances, history } }: { house: HouseView }): ReactNode {
  const text = useText();
  if (entrances.length + history.length === 0) return <Empty icon="history" title={text('registry.ui.house.no-history')} />;
  return (
    <ul className="stack" style={{ gap: 8 }}>
      {entrances.map(({ number, firstFlat, lastFlat, lift }) => (
        <li key={number}>{text(lift ? 'registry.ui.house.entrance-lift' : 'registry.ui.house.entrance-line', { number, first: firstFlat, last: lastFlat })}</li>
      ))}
      {history.map(({ from, to, floors, flats, flatsArea, reason, recordedBy, recordedAt }) => (
        <li key={`${from}${recordedAt}`}>
          <b>{from ? formatDay(from) : text('registry.ui.house.always')}</b> – {to ? formatDay(to) : text('registry.ui.house.now')}:{' '}
          {text('registry.ui.house.version', { floors, flats, area: flatsArea })}{' '}
          <small className="t2">
            {reason}. <Person login={recordedBy} />, {formatInstant(recordedAt)}
          </small>
        </li>
      ))}
    </ul>
  );
}

function useColumns(): readonly Column<Dwelling>[] {
  const text = useText();
  const locale = useLocale();
  return [
    { key: 'number', title: text('registry.ui.house.flat'), fixed: true, cell: (row) => `${text(`registry.ui.choice.dwellingKind.${row.kind}`)} ${row.number}` },
    { key: 'floor', title: text('registry.ui.form.floor'), align: 'right', cell: (row) => row.floor ?? '' },
    { key: 'area', title: text('registry.ui.form.totalArea'), align: 'right', cell: (row) => <span className="num">{row.area ? formatDecimal(row.area, locale) : ''}</span> },
    {
      key: 'account',
      title: text('registry.ui.accounts.number'),
      cell: (row) =>
        row.account ? (
          <AppLink href={`/registry/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink>
        ) : (
          <span className="mut">{text('registry.ui.house.no-account')}</span>
        ),
    },
  ];
}

/** One house: passport, entrances, dwellings with their accounts; an account is opened here. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const id = useRouter().params['id'] ?? '';
  const read = useRead<HouseView>(`registry/houses/${encodeURIComponent(id)}`);
  const [act, setAct] = useState<Act>();
  const columns = useColumns();
  const acts = can('registry.account.manage') && read.data && (
    <>
      {(['open', 'passport', 'entrance'] as const).map((name) => (
        <Button key={name} kind={name === 'open' ? 'primary' : 'normal'} onClick={() => setAct(name)}>
          {text(`registry.ui.house.${name}`)}
        </Button>
      ))}
    </>
  );
  return (
    <>
      <PageHeader
        title={read.data?.address ?? text('registry.ui.house.title')}
        text={
          read.data && (
            <>
              {text('registry.ui.house.code', { code: read.data.code })}
              {can('metering.read') && (
                <>
                  {', '}
                  <AppLink href={`/metering/houses/${read.data.code}`}>{text('registry.ui.house.meters')}</AppLink>
                </>
              )}
            </>
          )
        }
        actions={acts}
      />
      <Frame read={read} rows={8}>
        {(house) => (
          <div className="grid side" style={{ gridTemplateColumns: 'minmax(0, 380px) minmax(0, 1fr)', gap: 12 }}>
            <div className="stack" style={{ gap: 12 }}>
              <Card title={text('registry.ui.house.facts')}>
                <Passport house={house} />
              </Card>
              <Card padded title={text('registry.ui.house.history')}>
                <History house={house} />
              </Card>
            </div>
            <Card>
              <DataTable
                caption={text('registry.ui.house.dwellings')}
                columns={columns}
                pages={wholeList(read, house.premises)}
                rowKey={(row) => String(row.id)}
                permission="registry.account.read"
                empty={<Empty icon="building" title={text('registry.ui.house.no-dwellings')} />}
              />
            </Card>
            {act && <Form act={act} house={house} onClose={() => setAct(undefined)} />}
          </div>
        )}
      </Frame>
    </>
  );
}
