import type { Readable } from 'node:stream';
import { type ListFile, listFile } from '@komplat/documents';
import { type Actor, Database, type Locale, Messages, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ApprovalFileQuery } from '../../contract/approval.schema.ts';
import type { ProcessFileQuery } from '../../contract/process.schema.ts';
import type { ApprovalRow } from './approval.service.ts';
import { APPROVALS, PROCESSES, processScope } from './list-sql.ts';
import type { ProcessRow } from './process.service.ts';

interface Reader {
  readonly actor: Actor;
  readonly locale: Locale;
}
type Process = ProcessRow & { readonly starter: string };
type Approval = ApprovalRow & { readonly requester: string };
type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;

const clock = new Intl.DateTimeFormat('uk-UA', { timeZone: 'Europe/Kyiv', dateStyle: 'short', timeStyle: 'short' });

/** The lists of processes and approvals as files. */
@Injectable()
export class ListFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  processes(query: ProcessFileQuery, reader: Reader): Readable {
    const { say, ui, by } = this.words(reader);
    const file: ListFile<Process, Process> = {
      title: ui('processes.title'),
      filter: [query.state && ui(`process-state.${query.state}`), query.type && ui(`process-type.${query.type}`), query.q],
      ask: query,
      toRow: (row) => row,
      columns: [
        { key: 'process', title: ui('processes.process'), kind: 'text', value: (row) => `${ui(`process-type.${row.type}`)}, ${row.subject}` },
        { key: 'phase', title: ui('processes.phase'), kind: 'text', value: (row) => `${row.phase_no} / ${row.phases}` },
        { key: 'state', title: ui('processes.state'), kind: 'text', value: (row) => ui(`process-state.${row.state}`) },
        { key: 'by', title: ui('processes.started'), kind: 'text', value: (row) => row.starter },
        { key: 'at', title: ui('processes.begin'), kind: 'text', value: (row) => clock.format(row.started_at) },
      ],
      by,
      say,
    };
    const params = [...processScope(reader.actor), query.state ?? null, query.type ?? null, query.q ?? null];
    return listFile(file, (work) => readWholeList(this.database, PROCESSES, params, query, { actor: reader.actor, subject: 'administration/processes' }, work));
  }

  approvals(query: ApprovalFileQuery, reader: Reader): Readable {
    const { say, ui, by } = this.words(reader);
    const file: ListFile<Approval, Approval> = {
      title: ui('approvals.title'),
      filter: [query.state && ui(`approval-state.${query.state}`), query.q],
      ask: query,
      toRow: (row) => row,
      columns: [
        { key: 'what', title: ui('approvals.what'), kind: 'text', width: 60, value: (row) => say(row.message_key, row.message_params) },
        { key: 'by', title: ui('approvals.by'), kind: 'text', value: (row) => row.requester },
        { key: 'at', title: ui('approvals.at'), kind: 'text', value: (row) => clock.format(row.requested_at) },
        { key: 'until', title: ui('approvals.until'), kind: 'text', value: (row) => clock.format(row.expires_at) },
        { key: 'state', title: ui('approvals.state'), kind: 'text', value: (row) => ui(`approval-state.${row.state}`) },
      ],
      by,
      say,
    };
    const params = [query.state ?? null, query.q ?? null];
    return listFile(file, (work) => readWholeList(this.database, APPROVALS, params, query, { actor: reader.actor, subject: 'administration/approvals' }, work));
  }

  private words({ actor, locale }: Reader): { say: Say; ui: (key: string) => string; by: string } {
    const say: Say = (key, params = {}) => this.messages.text(locale, key, params);
    return { say, ui: (key) => say(`administration.ui.${key}`), by: actor.fullName };
  }
}
