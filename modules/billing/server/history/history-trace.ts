import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@komplat/server';
import type { Trace } from '../../contract/trace.schema.ts';
import { hryvnias } from '../services/trace-steps.ts';

interface Line {
  readonly kind: string;
  readonly kop: bigint;
  readonly line: number;
  readonly file_name: string;
  readonly file_hash: string;
  readonly loaded_at: string;
  readonly service: string;
  readonly provider: string;
}
/** The id of a loaded line says its file and its row. */
const LINES = `
  select k.code as kind, e.amount_kop as kop, ((e.id - f.first_id) / 8)::int as line, f.file_name, f.file_hash, p.booked_at::date::text as loaded_at,
    s.name as service, v.short_name as provider
  from billing.ledger_entry e join billing.posting p on p.id = e.posting_id and p.document_kind = 'history'
  join billing.history_file f on f.id = p.document_id::uuid join billing.entry_kind k on k.id = e.kind
  join tariffs.pub_service_v1 s on s.id = e.service_id join tariffs.pub_provider_v1 v on v.id = e.provider_id
  where e.account_id = $1 and e.period = $2 and s.code = $3 and v.code = $4 order by e.id`;

/** A month that came from the old system: its figures with the file and the row they stand in. */
@Injectable()
export class HistoryTrace {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined when the month was not loaded. */
  async trace(at: { accountId: number; firstDay: string; month: string; service: string; provider: string }): Promise<Trace | undefined> {
    const lines = await this.database.query<Line>(LINES, [at.accountId, at.firstDay, at.service, at.provider]);
    const [first] = lines;
    if (!first) return undefined;
    const charged = lines.filter(({ kind }) => kind === 'accrual').reduce((sum, { kop }) => sum + kop, 0n);
    const params = { file: first.file_name, row: first.line };
    return {
      title: { key: 'billing.trace.title.accrual', params: { service: first.service, provider: first.provider, month: at.month } },
      value: hryvnias(charged),
      pills: [{ text: { key: 'billing.history.loaded-from', params }, tone: 'neutral' }],
      steps: [
        {
          label: { key: 'billing.history.loaded-from', params },
          formula: lines.map(({ kop }) => hryvnias(kop)).join(' + '),
          inputs: lines.map(({ kind, kop }) => ({ name: { key: `billing.history.line.${kind}`, params: {} }, value: hryvnias(kop), unit: 'грн' })),
          result: hryvnias(lines.reduce((sum, { kop }) => sum + kop, 0n)),
          unit: 'грн',
          rounding: 'none',
        },
      ],
      sources: [
        {
          kind: 'file-row', title: { key: 'billing.history.loaded-from', params }, date: first.loaded_at, number: first.file_hash.slice(0, 16),
          row: first.line,
        },
      ],
      versions: [],
      secondCalculation: null,
    };
  }
}
