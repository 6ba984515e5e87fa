'use client';
import { useList } from '@komplat/api-client';
import {
  Card,
  DataTable,
  Empty,
  formatAccount,
  PageHeader,
  SearchFilter,
  StatusPill,
  useRouter,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountList } from '../../contract/index.ts';

type Account = AccountList['items'][number];

/** Accounts by number, surname or address. */
export function Page(): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const pages = useList<Account>('registry/accounts', { q: search.get('q') });
  const columns: readonly Column<Account>[] = [
    {
      key: 'number',
      title: text('registry.ui.accounts.number'),
      width: 150,
      fixed: true,
      cell: (row) => <span className="tnum font-[550]">{formatAccount(row.number)}</span>,
    },
    {
      key: 'holder',
      title: text('registry.ui.accounts.holder'),
      width: '34%',
      cell: (row) => row.holder ?? <span className="mut">{text('ui.missing.hidden')}</span>,
    },
    {
      key: 'address',
      title: text('registry.ui.accounts.address'),
      cell: (row) => <span className="t2">{row.address}</span>,
      wrap: true,
    },
    {
      key: 'state',
      title: text('registry.ui.accounts.state'),
      width: 130,
      cell: (row) =>
        row.closed ? (
          <StatusPill kind="idle" icon="lock">
            {text('registry.ui.accounts.closed')}
          </StatusPill>
        ) : (
          <StatusPill kind="ok">{text('registry.ui.accounts.active')}</StatusPill>
        ),
    },
  ];
  return (
    <>
      <PageHeader title={text('registry.ui.accounts.title')} text={text('registry.ui.accounts.text')} />
      <Card>
        <DataTable
          caption={text('registry.ui.accounts.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => row.number}
          order="number"
          filters={<SearchFilter label={text('registry.ui.accounts.filter')} width={420} />}
          rowHref={(row) => `/registry/accounts/${row.number}`}
          permission="registry.account.read"
          empty={
            <Empty
              icon="search"
              title={text('registry.ui.accounts.empty')}
              text={text('registry.ui.accounts.empty-text')}
            />
          }
        />
      </Card>
    </>
  );
}
