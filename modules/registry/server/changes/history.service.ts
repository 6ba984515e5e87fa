import { type Actor, Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountFacts, FieldHistory, FieldHistoryQuery } from '../../contract/change.schema.ts';
import { AccountService } from '../services/account.service.ts';
import { seesPersons } from '../services/visibility.ts';
import { FACTS_SQL } from './facts.sql.ts';
import type { ChangeWork } from './context.ts';

/** Leaves the history of the fields in the transaction of the change. */
export async function writeHistory(tx: Pick<Tx, 'query'>, work: ChangeWork, proposalId: string | null): Promise<void> {
  const { account, items, why } = work;
  await tx.query(
    `insert into registry.field_change (actor, account_id, premises_id, field, subject, before, after, valid_from, valid_to, reason, document, proposal_id)
     select $1, $2, $3, i.field, i.subject, i.before, i.after, i."from", i."to", $4, $5, $6
     from jsonb_to_recordset($7::jsonb) as i (field text, subject text, before text, after text, "from" date, "to" date)`,
    [why.by, account.id, account.premisesId, why.reason, why.document, proposalId, JSON.stringify(items)],
  );
}

interface HistoryRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly field: string;
  readonly subject: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly reason: string;
  readonly document: string | null;
  readonly proposal_id: string | null;
}
/** Fields of persons: a provider's user reads the dwelling only. */
const PERSONAL = ['residence', 'share', 'holder', 'surname', 'given-name', 'patronymic', 'birth-date', 'tax-number', 'died-on', 'phone', 'phone-2', 'email'];

/** Who changed what on a card, and everything its forms need. */
@Injectable()
export class HistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountService) private readonly accounts: AccountService,
  ) {}

  /** Newest first; also what was changed from another account of the same dwelling. */
  async history(number: string, { field, after, limit }: FieldHistoryQuery, actor: Actor): Promise<FieldHistory> {
    await this.accounts.mustSee(number, actor);
    const rows = await this.database.query<HistoryRow>(
      `select c.id, c.at, c.actor, c.field, c.subject, c.before, c.after, c.valid_from, c.valid_to, c.reason, c.document, c.proposal_id
       from registry.account a join registry.field_change c on c.account_id = a.id or c.premises_id = a.premises_id
       where a.number = $1 and ($2::text is null or c.field = $2) and ($3::bigint is null or c.id < $3)
         and ($5::boolean or not (c.field = any($6) or c.field like 'consent-%'))
       order by c.id desc limit $4`,
      [number, field ?? null, after ?? null, limit + 1, seesPersons(actor), PERSONAL],
    );
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id.toString(),
      at: row.at.toISOString(),
      actor: row.actor,
      field: row.field,
      subject: row.subject,
      from: row.valid_from,
      to: row.valid_to,
      before: row.before,
      after: row.after,
      reason: row.reason,
      document: row.document,
      proposal: row.proposal_id,
    }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Facts as of a day and as known on a day. */
  async facts(number: string, query: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined }, actor: Actor): Promise<AccountFacts> {
    await this.accounts.mustSee(number, actor);
    const [day] = await this.database.query<{ today: string }>('select platform.today() as today');
    const asOf = query.asOf ?? day?.today ?? new Date().toISOString().slice(0, 10);
    const knownAt = query.knownAt ? `${query.knownAt}T23:59:59Z` : new Date().toISOString();
    const [row] = await this.database.query<Omit<AccountFacts, 'asOf'>>(FACTS_SQL, [number, asOf, knownAt]);
    if (!row) throw this.accounts.unknown(number);
    const facts: AccountFacts = { ...row, asOf };
    return seesPersons(actor) ? facts : { ...facts, persons: [], residences: [], owners: [], holders: [] };
  }
}
