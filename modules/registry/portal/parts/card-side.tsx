'use client';
import { Card, formatDecimal, formatDay, KeyValues, shortName, useLocale, useText, shortCompany } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountView } from '../../contract/index.ts';

const wordOf = (text: ReturnType<typeof useText>, key: string, code: string): string =>
  text.has(`${key}.${code}`) ? text(`${key}.${code}`) : code;

/** People of the dwelling. Names of others are not for everybody. */
function Residents({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  return (
    <Card
      padded
      title={text('registry.ui.side.residents')}
      right={<span className="mut sm">{text('registry.ui.side.count', { count: account.residentCount })}</span>}
    >
      {account.residents.length === 0 && <p className="t2">{text('registry.ui.side.nobody')}</p>}
      <ul className="ppl">
        {account.residents.map((person, at) => (
          <li key={`${person.fullName}${at}`}>
            <span>
              {person.fullName ? shortName(person.fullName) : <span className="mut">{text('ui.missing.hidden')}</span>}
            </span>
            <small>
              {[wordOf(text, 'registry.ui.resident', person.kind), person.birthDate?.slice(0, 4)]
                .filter(Boolean)
                .join(', ')}
            </small>
            {person.to && <small>{text('registry.ui.side.until', { day: formatDay(person.to) })}</small>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Dwelling and house: what the charges stand on. */
function Dwelling({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const area = (value: string): string => `${formatDecimal(value, locale)}\u00a0м²`;
  return (
    <Card
      padded
      title={text('registry.ui.side.dwelling')}
      right={<span className="mut sm">{text('registry.ui.side.house', { code: account.house.code })}</span>}
    >
      <KeyValues
        items={[
          { key: 'total', label: text('registry.ui.side.total-area'), value: area(account.premises.totalArea) },
          { key: 'heated', label: text('registry.ui.side.heated-area'), value: area(account.premises.heatedArea) },
          { key: 'rooms', label: text('registry.ui.side.rooms'), value: account.premises.rooms },
          {
            key: 'heating',
            label: text('registry.ui.side.heating'),
            value: wordOf(text, 'registry.ui.heating', account.house.heating),
          },
          {
            key: 'hot',
            label: text('registry.ui.side.hot-water'),
            value: wordOf(text, 'registry.ui.hot-water', account.house.hotWater),
          },
          {
            key: 'stove',
            label: text('registry.ui.side.stove'),
            value: wordOf(text, 'registry.ui.stove', account.house.stove),
          },
          { key: 'built', label: text('registry.ui.side.built'), value: account.house.yearBuilt },
          { key: 'opened', label: text('registry.ui.side.opened'), value: formatDay(account.openedOn) },
        ]}
      />
    </Card>
  );
}

/** Numbers under which providers and the former centre know the account. */
function Aliases({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  if (account.aliases.length === 0) return null;
  return (
    <Card padded title={text('registry.ui.side.aliases')}>
      <KeyValues
        items={account.aliases.map((alias) => ({
          key: `${alias.owner}${alias.number}`,
          label: alias.ownerName ? shortCompany(alias.ownerName) : wordOf(text, 'registry.ui.alias', alias.owner),
          value: <span className="tnum">{alias.number}</span>,
        }))}
      />
    </Card>
  );
}

/** The narrow column of the card that the registry itself fills. */
export function CardSide({ account }: { account: AccountView }): ReactNode {
  return (
    <>
      <Residents account={account} />
      <Dwelling account={account} />
      <Aliases account={account} />
    </>
  );
}
