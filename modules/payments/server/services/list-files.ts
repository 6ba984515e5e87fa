import type { Readable } from 'node:stream';
import { type ListFile, listFile } from '@komplat/documents';
import { formatAccount } from '@komplat/kernel';
import { type Actor, Database, type ListDef, type Locale, Messages, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportItem, ImportRow, ImportsFileQuery, RowsFileQuery } from '../../contract/import.schema.ts';
import type { SuspenseFileQuery, SuspenseItem } from '../../contract/intake.schema.ts';
import type { ImportFileRow } from './import-file.ts';
import { importItemOf, importRowOf, type RowRow } from './import-views.ts';
import { IMPORTS, ROWS, SUSPENSE } from './list-sql.ts';
import { type SuspenseRow, suspenseOf } from './suspense.ts';

type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;
interface Reader {
  readonly actor: Actor;
  readonly locale: Locale;
}
interface Output<S extends object, R> extends Omit<ListFile<S, R>, 'by' | 'say'> {
  readonly def: ListDef;
  readonly subject: string;
  readonly params: readonly unknown[];
}

/** The lists of the desk as files: the same rows, the same filter, the same sums as on the screen. */
@Injectable()
export class ListFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  imports(query: ImportsFileQuery, reader: Reader): Readable {
    const say = this.sayer(reader.locale);
    return this.write<ImportFileRow, ImportItem>(reader, {
      def: IMPORTS,
      subject: 'payments/imports',
      params: [query.state ?? null, query.q ?? null],
      ask: query,
      title: say('imports.title'),
      filter: [query.state && say(`state.${query.state}`), query.q],
      toRow: importItemOf,
      columns: [
        { key: 'file', title: say('imports.file'), kind: 'text', width: 40, value: (row) => row.fileName },
        { key: 'state', title: say('imports.state'), kind: 'text', value: (row) => say(`state.${row.state}`) },
        { key: 'rows', title: say('imports.rows'), kind: 'integer', value: (row) => row.read.rows },
        { key: 'sum', title: say('imports.sum'), kind: 'money', value: (row) => row.read.sum },
        { key: 'by', title: say('imports.by'), kind: 'text', value: (row) => row.uploadedBy },
        { key: 'posted', title: say('imports.posted'), kind: 'text', value: (row) => row.postedBy },
      ],
    });
  }

  rows(id: string, query: RowsFileQuery, reader: Reader): Readable {
    const say = this.sayer(reader.locale);
    const why = (row: ImportRow): string =>
      row.message ? this.messages.text(reader.locale, row.message.key, row.message.params) : '';
    return this.write<RowRow, ImportRow>(reader, {
      def: ROWS,
      subject: `payments/imports/${id}/rows`,
      params: [id, query.outcome ?? null, query.q ?? null],
      ask: query,
      title: say('import.rows'),
      filter: [query.outcome && say(`outcome.${query.outcome}`), query.q],
      toRow: importRowOf,
      columns: [
        { key: 'line', title: say('row.line'), kind: 'integer', width: 8, value: (row) => row.line },
        { key: 'account', title: say('row.account'), kind: 'text', width: 14, value: accountOf },
        { key: 'payer', title: say('row.payer'), kind: 'text', width: 36, value: (row) => row.holder ?? row.payerName },
        { key: 'day', title: say('row.paid-on'), kind: 'day', value: (row) => row.paidOn },
        { key: 'amount', title: say('row.amount'), kind: 'money', value: (row) => row.amount },
        { key: 'outcome', title: say('row.outcome'), kind: 'text', value: (row) => say(`outcome.${row.outcome}`) },
        { key: 'why', title: say('suspense.why'), kind: 'text', width: 60, value: why },
      ],
    });
  }

  suspense(query: SuspenseFileQuery, reader: Reader): Readable {
    const say = this.sayer(reader.locale);
    return this.write<SuspenseRow, SuspenseItem>(reader, {
      def: SUSPENSE,
      subject: 'payments/suspense',
      params: [query.kind ?? null, query.overdue === 'yes', query.q ?? null],
      ask: query,
      title: say('suspense.title'),
      filter: [query.kind && say(`suspense.kind-${query.kind}`), query.overdue && say('suspense.overdue'), query.q],
      toRow: suspenseOf,
      columns: [
        { key: 'deadline', title: say('suspense.deadline'), kind: 'day', value: (row) => row.deadline },
        { key: 'payer', title: say('suspense.payer'), kind: 'text', width: 36, value: (row) => row.payer },
        { key: 'written', title: say('suspense.account-written'), kind: 'text', value: (row) => row.accountText },
        {
          key: 'why',
          title: say('suspense.why'),
          kind: 'text',
          width: 60,
          value: (row) => this.messages.text(reader.locale, row.reason.key, row.reason.params),
        },
        { key: 'source', title: say('suspense.source'), kind: 'text', value: (row) => row.channel },
        { key: 'paid', title: say('row.paid-on'), kind: 'day', value: (row) => row.paidOn },
        { key: 'amount', title: say('row.amount'), kind: 'money', value: (row) => row.amount },
      ],
    });
  }

  private sayer(locale: Locale): Say {
    return (key, params = {}) => this.messages.text(locale, `payments.ui.${key}`, params);
  }

  private write<S extends object, R>(reader: Reader, { def, params, subject, ...file }: Output<S, R>): Readable {
    const say: Say = (key, values = {}) => this.messages.text(reader.locale, key, values);
    return listFile({ ...file, by: reader.actor.fullName, say }, (work) =>
      readWholeList<S>(this.database, def, params, file.ask, { actor: reader.actor, subject }, work),
    );
  }
}

const accountOf = (row: ImportRow): string | null => (row.account === null ? row.accountText : formatAccount(row.account));
