'use client';
import { Card, Empty, formatDay, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountView } from '../../contract/index.ts';

/** People of the dwelling on the chosen day, with the dates and the kind of their residence. */
export function PersonsTable({ account }: { account: AccountView }): ReactNode {
  const text = useText();
  const title = text('registry.ui.persons.title', { day: formatDay(account.asOf) });
  if (account.residents.length === 0) {
    return (
      <Card title={title}>
        <Empty icon="users" title={text('registry.ui.side.nobody')} />
      </Card>
    );
  }
  return (
    <Card title={title} sub={text('registry.ui.card.registered', { count: account.residentCount })}>
      <div className="scrollx">
        <table className="tbl dense">
          <caption>{title}</caption>
          <thead>
            <tr>
              {['name', 'born', 'kind', 'from', 'to'].map((name) => (
                <th key={name} scope="col">
                  {text(`registry.ui.persons.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {account.residents.map((person, at) => (
              <tr key={`${person.fullName}${person.from}${at}`}>
                <th scope="row">{person.fullName ?? <span className="mut">{text('ui.missing.hidden')}</span>}</th>
                <td className="tnum">{person.birthDate ? formatDay(person.birthDate) : <span className="mut">–</span>}</td>
                <td>{text.has(`registry.ui.resident.${person.kind}`) ? text(`registry.ui.resident.${person.kind}`) : person.kind}</td>
                <td className="tnum">{person.from ? formatDay(person.from) : <span className="mut">–</span>}</td>
                <td className="tnum">{person.to ? formatDay(person.to) : <span className="mut">–</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
