'use client';
import {
  AppLink, Card, type Column, DataTable, Empty, formatAccount, formatDay, MoneyCell, PageHeader, Segments, shortCompany, useSearchState, useTable, useText, type ListPage,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import { type Register, type RegisterPage, REGISTERS } from '../../contract/index.ts';

type Row = RegisterPage['items'][number];
type Page = ListPage<Row> & Pick<RegisterPage, 'columns'>;
/** Cells whose values are words of the module. */
const WORDS: Readonly<Record<string, string>> = { act: 'legal.case.act', status: 'legal.case.status', kind: 'legal.ui.kind', state: 'legal.ui.fee' };

function Cell({ row, name, kind }: { row: Row; name: string; kind: string }): ReactNode {
  const text = useText();
  const value = row.cells[name] ?? null;
  if (value === null) return <span className="mut">–</span>;
  if (kind === 'money') return <MoneyCell value={String(value)} />;
  if (kind === 'day') return formatDay(String(value));
  if (name === 'account') return <AppLink href={`/registry/accounts/${value}`}>{formatAccount(String(value))}</AppLink>;
  if (name === 'number' && row.caseId) return <AppLink href={`/legal/cases/${row.caseId}`}>{value}</AppLink>;
  if (name === 'provider') return shortCompany(String(value));
  const words = WORDS[name];
  return words ? text(`${words}.${value}`) : value;
}

function useColumns(columns: Page['columns'] | undefined): readonly Column<Row>[] {
  const text = useText();
  return (columns ?? []).map(({ key, kind }, at) => ({
    key,
    title: text(`legal.ui.register.${key}`),
    fixed: at === 0,
    sortable: true,
    wrap: kind === 'text',
    ...(kind === 'money' || kind === 'integer' || kind === 'decimal' ? { align: 'right' as const } : {}),
    ...(kind === 'money' ? { sum: key } : {}),
    cell: (row) => <Cell row={row} name={key} kind={kind} />,
  }));
}

function RegisterTable({ name }: { name: Register }): ReactNode {
  const text = useText();
  const pages = useTable<Row, Page>(`legal/registers/${name}`);
  const columns = useColumns(pages.data?.pages[0]?.columns);
  return (
    <DataTable
      caption={text(`legal.ui.register.title-${name}`)}
      columns={columns}
      pages={pages}
      rowKey={(row) => row.id}
      exportable
      permission="legal.case.read"
      empty={<Empty icon="scale" title={text('legal.ui.register.empty')} text={text('legal.ui.register.empty-text')} />}
    />
  );
}

/** Registers of the legal service, each with its file. */
export function Page(): ReactNode {
  const text = useText();
  const [search, set] = useSearchState();
  const name = REGISTERS.find((each) => each === search.get('register')) ?? 'filed';
  return (
    <>
      <PageHeader title={text('legal.ui.register.title')} text={text('legal.ui.register.text')} />
      <Card>
        <div className="tools">
          <Segments
            label={text('legal.ui.register.title')}
            value={name}
            options={REGISTERS.map((value) => ({ value, label: text(`legal.ui.register.title-${value}`) }))}
            onChange={(register) => set({ register, sort: undefined, cols: undefined })}
          />
        </div>
        <RegisterTable key={name} name={name} />
      </Card>
    </>
  );
}
