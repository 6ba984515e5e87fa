import type { Readable } from 'node:stream';
import { type CellValue, type FileColumn, listFile } from '@komplat/documents';
import { formatAccount, Money } from '@komplat/kernel';
import { type Actor, Database, type Locale, Messages, readList, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { Register, RegisterFileQuery, RegisterPage, RegisterQuery } from '../../contract/case-list.schema.ts';
import { seenProviders } from './case-scope.ts';
import { camel, REGISTER_DEFS } from './register-sql.ts';

type Row = Readonly<Record<string, string | number | bigint | null>>;
type Cells = Readonly<Record<string, CellValue>>;
/** Columns whose values are words of the module: their text is a message. */
const WORDS: Readonly<Record<string, string>> = { act: 'legal.case.act', status: 'legal.case.status', kind: 'legal.ui.kind', state: 'legal.ui.fee' };

/** Registers of the legal service: the page and the file are one description. */
@Injectable()
export class CaseRegisters {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async page(name: Register, query: RegisterQuery, actor: Actor): Promise<RegisterPage> {
    const { list, columns } = REGISTER_DEFS[name];
    const { rows, next, totals } = await readList<Row>(this.database, list, paramsOf(query, actor), query);
    return {
      columns: Object.entries(columns).map(([column, kind]) => ({ key: camel(column), kind })),
      items: rows.map((row) => ({ id: String(row['row_id']), caseId: row['case_id'] === null ? null : String(row['case_id']), cells: cellsOf(name, row) })),
      next,
      ...(totals ? { totals } : {}),
    };
  }

  file(name: Register, query: RegisterFileQuery, actor: Actor, locale: Locale): Readable {
    const { list, columns } = REGISTER_DEFS[name];
    const say = (key: string, params: Readonly<Record<string, unknown>> = {}): string => this.messages.text(locale, key, params);
    const valueOf = (key: string) => (cells: Cells): CellValue => {
      const value = cells[key] ?? null;
      const words = WORDS[key];
      if (key === 'account' && typeof value === 'string') return formatAccount(value);
      return words && value !== null ? say(`${words}.${value}`) : value;
    };
    const shown: FileColumn<Cells>[] = Object.entries(columns).map(([column, kind]) => ({
      key: camel(column), title: say(`legal.ui.register.${camel(column)}`), kind, value: valueOf(camel(column)),
    }));
    const file = {
      title: say(`legal.ui.register.title-${name}`), filter: [query.from, query.to, query.provider], columns: shown, ask: query, by: actor.fullName, say,
      toRow: (row: Row) => cellsOf(name, row),
    };
    const taker = { actor, subject: `legal/registers/${name}` };
    return listFile<Row, Cells>(file, (work) => readWholeList<Row>(this.database, list, paramsOf(query, actor), query, taker, work));
  }
}

const paramsOf = ({ from, to, provider }: Pick<RegisterQuery, 'from' | 'to' | 'provider'>, actor: Actor): unknown[] => [
  from ?? null, to ?? null, provider ?? null, seenProviders(actor),
];
function cellsOf(name: Register, row: Row): Cells {
  return Object.fromEntries(
    Object.entries(REGISTER_DEFS[name].columns).map(([column, kind]) => {
      const value = row[column] ?? null;
      if (kind === 'money') return [camel(column), value === null ? null : Money.ofKop(BigInt(value)).toString()];
      return [camel(column), typeof value === 'bigint' ? Number(value) : value];
    }),
  );
}
