import type { Readable } from 'node:stream';
import { listFile, type ListFormat } from '@komplat/documents';
import { DomainError } from '@komplat/kernel';
import { type Actor, audit, Database, type Locale, Messages, readWholeList, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimFeeMatch, ClaimRowOutcomes } from '../../contract/claim.schema.ts';
import { PackSnapshot } from '../../contract/pack.schema.ts';
import { kopText, type ClaimRunRow } from './claim-run.ts';
import { seenRun } from './claim-scope.ts';

interface FeeRow {
  readonly number: string;
  readonly provider: string;
  readonly court: string | null;
  readonly due: bigint;
  readonly fee: unknown;
}
interface FeeLine {
  readonly number: string;
  readonly provider: string;
  readonly court: string | null;
  readonly amount: string;
  readonly account: PackSnapshot['fee']['account'];
}
interface BankRow {
  readonly paid_out: boolean;
  readonly paid_on: string | null;
  readonly kop: bigint | null;
}
type Outcome = ClaimRowOutcomes['rows'][number];
type GivenRow = NonNullable<ClaimFeeMatch['rows']>[number];

/** $1 run: papers whose fee is still to be paid. */
const UNPAID = `
  select i.id, r.number || '/' || i.ordinal as number, p.short_name as provider, c.name as court, (i.fee_kop - i.credited_kop)::bigint as due,
    (select s.body->'fee' from legal.claim_snapshot s where s.item_id = i.id order by s.ordinal desc limit 1) as fee
  from legal.claim_item i join legal.claim_run r on r.id = i.run_id join tariffs.pub_provider_v1 p on p.id = i.provider_id
  left join legal.court c on c.code = i.court_code and c.valid @> r.as_of
  where i.run_id = $1 and i.outcome in ('frozen', 'packed', 'submitted', 'approved', 'signed') and i.fee_import_id is null and i.fee_kop > i.credited_kop`;
const PAID = `fee_import_id = f.import_id, fee_import_line = f.line, fee_paid_on = f.paid_on, changed_by = $2, changed_at = now()`;
/**
 * Money that left, by the statements of the bank: a fee is paid out, so a line of money that came is never one. An import keeps such a
 * line aside, without sum and day: they are what the line itself says, the only sum of two decimals in a cell of its own and the first day.
 */
const BANK_ROWS = `
  (select w.import_id, w.line, w.raw, w.outcome = 'skipped' as paid_out,
    case when w.outcome = 'skipped' then replace(replace(substring(w.raw from '[;"]([0-9]+[.,][0-9]{2})[;"]'), ',', ''), '.', '')::bigint end as kop,
    case when w.outcome = 'skipped' then to_date(substring(w.raw from '[0-9]{2}[.][0-9]{2}[.][0-9]{4}'), 'DD.MM.YYYY') end as paid_on
  from payments.pub_import_row_v1 w)`;
/** Rows of paid out money that name a paper by its number and have its sum; a row that fits two papers fits none. $1 run, $2 who. */
const MATCHED = `
  with unpaid as (${UNPAID}),
  fitting as (
    select u.id, w.import_id, w.line, w.paid_on, count(*) over (partition by u.id) as rows, count(*) over (partition by w.import_id, w.line) as papers
    from unpaid u join ${BANK_ROWS} w on w.kop = u.due and w.raw ~ (regexp_replace(u.number, '([.\\-/])', '\\\\\\1', 'g') || '(?![0-9])')
    where not exists (select from legal.claim_item o where o.fee_import_id = w.import_id and o.fee_import_line = w.line))
  update legal.claim_item i set ${PAID} from fitting f where i.id = f.id and f.rows = 1 and f.papers = 1 and f.paid_on is not null
  returning (select r.number from legal.claim_run r where r.id = i.run_id) || '/' || i.ordinal as number`;

/** Court fees of a run: the order of payments, and the rows of the bank that prove them. */
@Injectable()
export class ClaimFees {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The payments to make, a line a paper. */
  async file(runId: string, format: ListFormat, { actor, locale }: { actor: Actor; locale: Locale }): Promise<Readable> {
    const run = await seenRun(this.database, runId, actor);
    const say = (key: string): string => this.messages.text(locale, `legal.ui.claims.fee.${key}`);
    const def = { sql: UNPAID, id: { column: 'number', type: 'text' }, sorts: { number: { column: 'number', type: 'text' } }, first: 'number', sums: { amount: 'due' } } as const;
    return listFile<FeeRow, FeeLine>(
      {
        title: `${say('title')} ${run.number}`,
        filter: [],
        ask: { format },
        by: actor.login,
        say: (key, params) => this.messages.text(locale, key, params),
        toRow: ({ number, provider, court, due, fee }) => ({ number, provider, court, amount: kopText(due), account: PackSnapshot.shape.fee.parse(fee).account }),
        columns: [
          { key: 'number', title: say('number'), kind: 'text', width: 16, value: (row) => row.number },
          { key: 'provider', title: say('provider'), kind: 'text', width: 24, value: (row) => row.provider },
          { key: 'court', title: this.messages.text(locale, 'legal.ui.claims.court'), kind: 'text', width: 40, value: (row) => row.court },
          { key: 'amount', title: say('amount'), kind: 'money', value: (row) => row.amount },
          { key: 'recipient', title: say('recipient'), kind: 'text', width: 40, value: (row) => row.account?.recipient ?? null },
          { key: 'edrpou', title: say('edrpou'), kind: 'text', value: (row) => row.account?.edrpou ?? null },
          { key: 'iban', title: say('iban'), kind: 'text', width: 32, value: (row) => row.account?.iban ?? null },
          { key: 'purpose', title: say('purpose'), kind: 'text', width: 70, value: (row) => row.account?.purpose ?? null },
        ],
      },
      (work) => readWholeList(this.database, def, [runId], {}, { actor, subject: `claim-run/${run.number}/fees` }, work),
    );
  }

  /** Ties papers to rows of the bank: the rows that are given, or those that name the paper and have its sum. */
  async match(runId: string, { rows }: ClaimFeeMatch, actor: Actor): Promise<ClaimRowOutcomes> {
    const run = await seenRun(this.database, runId, actor);
    const outcomes = rows ? await this.given(run, rows, actor) : await this.found(run, actor);
    const done = outcomes.filter((row) => row.done).length;
    return { done, refused: outcomes.length - done, rows: outcomes };
  }

  private found(run: ClaimRunRow, actor: Actor): Promise<Outcome[]> {
    return this.database.transaction(async (tx) => {
      const matched = await tx.query<{ number: string }>(MATCHED, [run.id, actor.login]);
      await audit(tx, { actor, action: 'legal.claim.fee-match', subject: `claim-run/${run.number}`, after: { matched: matched.length } });
      return matched.map(({ number }) => ({ row: number, done: true, code: null, params: {} }));
    });
  }

  private async given(run: ClaimRunRow, rows: readonly GivenRow[], actor: Actor): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const row of rows) {
      try {
        await this.database.transaction((tx) => this.one(tx, run, row, actor));
        outcomes.push({ row: row.number, done: true, code: null, params: {} });
      } catch (error) {
        if (!(error instanceof DomainError) || error.status === 503) throw error;
        outcomes.push({ row: row.number, done: false, code: error.code, params: { number: row.number } });
      }
    }
    return outcomes;
  }

  /** Refuses `legal.claim.fee-row-unknown`, `.fee-incoming`, `.fee-row-taken`, `.fee-sum`, `.fee-none`. */
  private async one(tx: Tx, run: ClaimRunRow, { number, importId, line }: GivenRow, actor: Actor): Promise<void> {
    const [unpaid] = await tx.query<{ id: string; due: bigint }>(`select u.id, u.due from (${UNPAID}) u where u.number = $2`, [run.id, number]);
    if (!unpaid) throw new DomainError('legal.claim.fee-none', { number });
    const [bank] = await tx.query<BankRow>(`select w.paid_out, w.paid_on, w.kop from ${BANK_ROWS} w where w.import_id = $1 and w.line = $2`, [importId, line]);
    if (!bank) throw new DomainError('legal.claim.fee-row-unknown', { line });
    if (!bank.paid_out) throw new DomainError('legal.claim.fee-incoming', { line });
    const paid = bank.kop ?? 0n;
    if (paid !== unpaid.due || bank.paid_on === null) throw new DomainError('legal.claim.fee-sum', { paid: kopText(paid), due: kopText(unpaid.due) });
    const [taken] = await tx.query('select 1 from legal.claim_item where fee_import_id = $1 and fee_import_line = $2', [importId, line]);
    if (taken) throw new DomainError('legal.claim.fee-row-taken', { line });
    await tx.query(
      `update legal.claim_item i set ${PAID} from (select $3::uuid as import_id, $4::int as line, $5::date as paid_on) f where i.id = $1`,
      [unpaid.id, actor.login, importId, line, bank.paid_on],
    );
    await audit(tx, { actor, action: 'legal.claim.fee-match', subject: `claim/${number}`, after: { importId, line } });
  }
}
