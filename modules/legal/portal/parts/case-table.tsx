'use client';
import {
  AppLink, type Column, DataTable, Empty, FilterChip, formatAccount, formatDay, MoneyCell, SearchFilter, shortCompany, useRouter, useTable, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { CASE_GROUPS, type CaseGroup, type CaseItem } from '../../contract/index.ts';
import { CaseStatusPill, DaysLeft } from './case-look.tsx';

function useColumns(): readonly Column<CaseItem>[] {
  const text = useText();
  const title = (key: string): string => text(`legal.ui.case.${key}`);
  return [
    {
      key: 'number', title: title('number'), fixed: true, sortable: true,
      cell: (row) => (
        <>
          <span className="font-[550]">{row.number}</span>
          <small>{row.courtNumber}</small>
        </>
      ),
    },
    { key: 'status', title: title('status'), sortable: true, filter: 'group', cell: (row) => <CaseStatusPill status={row.status} /> },
    {
      key: 'due', title: title('due'), sortable: true,
      cell: (row) => row.dueOn && row.task && row.daysLeft !== null && (
        <>
          <DaysLeft days={row.daysLeft} escalated={row.escalated} />
          <small>{`${formatDay(row.dueOn)}, ${text(`legal.case.task.${row.task}`)}`}</small>
        </>
      ),
    },
    { key: 'account', title: title('account'), sortable: true, cell: (row) => <AppLink href={`/registry/accounts/${row.account}`}>{formatAccount(row.account)}</AppLink> },
    { key: 'holder', title: title('holder'), wrap: true, cell: (row) => row.holder },
    { key: 'provider', title: title('provider'), sortable: true, wrap: true, cell: (row) => shortCompany(row.providerName) },
    { key: 'court', title: title('court'), spare: true, wrap: true, cell: (row) => row.court },
    { key: 'filed', title: title('filed'), sortable: true, spare: true, cell: (row) => row.filedOn && formatDay(row.filedOn) },
    { key: 'claimed', title: title('claimed'), align: 'right', sortable: true, sum: 'claimed', cell: (row) => <MoneyCell value={row.claimed} /> },
    { key: 'outstanding', title: title('outstanding'), align: 'right', sortable: true, sum: 'outstanding', cell: (row) => <MoneyCell value={row.outstanding} strong /> },
  ];
}

/** Cases by filter, the most urgent term first; `only` keeps the page to one group of the course. */
export function CaseTable({ title, only }: { title: string; only?: CaseGroup }): ReactNode {
  const text = useText();
  const { search } = useRouter();
  const filters = { q: search.get('q'), group: only ?? search.get('group'), overdue: search.get('overdue') };
  const pages = useTable<CaseItem>('legal/cases', filters);
  return (
    <DataTable
      caption={title}
      columns={useColumns()}
      pages={pages}
      rowKey={(row) => row.id}
      rowHref={(row) => `/legal/cases/${row.id}`}
      order="due"
      exportable
      filters={
        <>
          {!only && (
            <FilterChip
              name="group"
              label={text('legal.ui.cases.group')}
              all={text('legal.ui.cases.group-all')}
              options={CASE_GROUPS.map((value) => ({ value, label: text(`legal.ui.cases.group-${value}`) }))}
            />
          )}
          <FilterChip
            name="overdue"
            label={text('legal.ui.cases.terms')}
            all={text('legal.ui.cases.terms-all')}
            options={[{ value: 'yes', label: text('legal.ui.cases.terms-over') }]}
          />
          <SearchFilter label={text('legal.ui.cases.search')} width={220} />
        </>
      }
      permission="legal.case.read"
      empty={<Empty icon="scale" title={text('legal.ui.cases.empty')} text={text('legal.ui.cases.empty-text')} />}
    />
  );
}
