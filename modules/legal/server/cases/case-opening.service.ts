import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { conflict, DomainError, notFound, Period } from '@komplat/kernel';
import { type Actor, audit, Database, publish, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseOpened, PretensionOrder } from '../../contract/case.schema.ts';
import { caseOpened } from '../../contract/case-events.ts';
import { legalCaseId } from '../../contract/case-workflows.ts';
import type { CaseStatus } from '../../contract/case-words.ts';
import { TASKS_OF_STATUS } from '../../domain/index.ts';
import type { CaseOpening, Cases } from '../services/ports.ts';
import { CaseActs, holdSource, refuseTakenNumber } from './case-acts.service.ts';
import { refuseForeign } from './case-scope.ts';
import { addEvent, type CaseRow, caseRow, changeCase, openCases, operatingDay, type CaseTx } from './case-store.ts';
import { CaseTerms } from './case-terms.ts';

type Parts = CaseOpening['parts'];
interface NewCase {
  readonly accountId: number;
  readonly providerId: number;
  readonly debtors: readonly string[];
  readonly parts: Parts;
  readonly on: string;
  readonly by: string;
  readonly status: CaseStatus;
}
const BEFORE_FILING: Readonly<Record<'order' | 'claim', readonly CaseStatus[]>> = {
  order: ['pretension-unpaid', 'pack-prepared'],
  claim: ['pretension-unpaid', 'pack-prepared', 'order-refused', 'order-cancelled'],
};

/** Opens cases: by a pretension, or when papers are filed. */
@Injectable()
export class CaseOpenings implements Cases {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DEBT_API) private readonly debt: DebtApi,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(CaseActs) private readonly acts: CaseActs,
  ) {}

  /**
   * A pretension for all overdue months of one creditor, as of the operating day or of an earlier one. Refuses `legal.case.nothing-overdue`, `legal.case.duplicate`,
   * `legal.case.account-unknown`, `legal.case.provider-unknown`.
   */
  async pretension(order: PretensionOrder, actor: Actor, day?: string): Promise<CaseOpened> {
    refuseForeign({ id: order.provider, provider: order.provider }, actor);
    return this.database.transaction(async (tx) => {
      const accountId = await accountIdOf(tx, order.account);
      const [provider] = await tx.query<{ id: number }>('select id::int as id from tariffs.pub_provider_v1 where code = $1', [order.provider]);
      if (!provider) throw new DomainError('legal.case.provider-unknown', { provider: order.provider, path: 'body.provider' });
      const on = day ?? (await operatingDay(tx));
      const parts = await overdueParts(tx, accountId, provider.id, on);
      if (parts.length === 0) throw new DomainError('legal.case.nothing-overdue', { account: order.account, provider: order.provider }, 409);
      await this.refuseOverlap(tx, accountId, provider.id, parts, null);
      const debtors = await tx.query<{ id: string }>('select person_id as id from registry.pub_holder_v1 where account_id = $1', [accountId]);
      return this.make(tx, { accountId, providerId: provider.id, debtors: debtors.map(({ id }) => id), parts, on, by: actor.login, status: 'draft' }, order.reason);
    });
  }

  async open(tx: CaseTx, opening: CaseOpening): Promise<{ caseId: string; number: string }> {
    if (opening.caseNumber) await refuseTakenNumber(tx, opening.court, opening.caseNumber, null);
    const found = await openCases(tx, opening.accountId, opening.providerId);
    const goesOn = found.find(({ status }) => BEFORE_FILING[opening.kind].includes(status));
    await this.refuseOverlap(tx, opening.accountId, opening.providerId, opening.parts, goesOn?.id ?? null);
    if (goesOn) await this.renew(tx, goesOn, opening);
    const { caseId } = goesOn
      ? { caseId: goesOn.id }
      : await this.make(tx, { ...opening, on: opening.filedOn, status: 'pack-prepared' });
    const row = await caseRow(tx, caseId);
    const papers = [{ paper: 'pack', number: opening.packId, on: opening.filedOn }, { paper: 'filing-receipt', number: opening.caseNumber ?? row.number, on: opening.filedOn }] as const;
    const order = { on: opening.filedOn, papers };
    if (row.status === 'pretension-unpaid') await this.acts.carryOut(tx, row, { ...order, act: 'prepare-pack' }, { by: opening.by });
    await changeCase(tx, caseId, { pack_id: opening.packId, claim_item_id: opening.claimItemId });
    await this.acts.carryOut(tx, await caseRow(tx, caseId), {
      ...order, act: opening.kind === 'order' ? 'file-order' : 'file-claim', court: opening.court, ...(opening.caseNumber ? { courtNumber: opening.caseNumber } : {}),
    }, { by: opening.by });
    await this.fees(tx, caseId, opening);
    return { caseId, number: row.number };
  }

  async creditableFees(accountId: number, providerId: number): Promise<readonly { caseId: string; amountKop: bigint }[]> {
    return this.database.query<{ caseId: string; amountKop: bigint }>(
      `select f.case_id as "caseId", f.amount_kop as "amountKop" from legal.case_fee f join legal.case_file c on c.id = f.case_id
       where f.state = 'creditable' and c.account_id = $1 and c.provider_id = $2 order by f.paid_on, f.id`,
      [accountId, providerId],
    );
  }

  /** The case goes on with what the papers claim now: what was paid before is no part of it; the court and its number come new. */
  private async renew(tx: CaseTx, row: CaseRow, opening: CaseOpening): Promise<void> {
    await tx.query('update legal.case_receipt set undone_on = $2 where case_id = $1 and undone_on is null and tied_on is not null', [row.id, opening.filedOn]);
    await tx.query('delete from legal.case_part where case_id = $1', [row.id]);
    await insertParts(tx, row.id, opening.parts);
    await changeCase(tx, row.id, { court_number: null, debtors: JSON.stringify(opening.debtors) });
  }

  private async make(tx: CaseTx, made: NewCase, reason?: string): Promise<{ caseId: string; number: string }> {
    const caseId = uuid7();
    const [row] = await tx.query<{ number: string }>(
      `insert into legal.case_file (id, number, account_id, provider_id, status, status_on, debtors, opened_on, opened_by, workflow_id)
       values ($1, 'С-' || to_char($2::date, 'YYYY') || '/' || lpad(nextval('legal.case_number')::text, 6, '0'), $3, $4, $5, $2, $6, $2, $7, $8) returning number`,
      [caseId, made.on, made.accountId, made.providerId, made.status, JSON.stringify(made.debtors), made.by, legalCaseId(caseId)],
    );
    const number = row?.number ?? '';
    await insertParts(tx, caseId, made.parts);
    await addEvent(tx, caseId, { act: 'opened', on: made.on, status: made.status, reason, by: made.by });
    for (const task of TASKS_OF_STATUS[made.status] ?? []) await this.terms.open(tx, caseId, task, made.on);
    await this.debt.putHold(tx, {
      source: holdSource(caseId), accountId: made.accountId, providerId: made.providerId, kind: 'case', from: made.on, until: null,
      reason: `справа ${number}`, document: number, by: made.by,
    });
    await audit(tx, { actor: { login: made.by }, action: 'legal.case.open', subject: `case/${number}`, after: { status: made.status }, ...(reason ? { reason } : {}) });
    await publish(tx, caseOpened, `case/${caseId}`, { caseId, startedBy: made.by });
    return { caseId, number };
  }

  /** The same month of the same service is claimed once. */
  private async refuseOverlap(tx: CaseTx, accountId: number, providerId: number, parts: Parts, own: string | null): Promise<void> {
    const principal = parts.filter(({ part, serviceId, period }) => part === 'principal' && serviceId !== null && period !== null);
    const [twice] = await tx.query<{ number: string; month: string }>(
      `select c.number, to_char(q.period, 'MM.YYYY') as month from legal.case_part q join legal.case_file c on c.id = q.case_id
       where c.account_id = $1 and c.provider_id = $2 and c.closed_on is null and ($3::uuid is null or c.id <> $3) and q.part = 'principal'
         and (q.service_id, q.period) in (select s, m from unnest($4::smallint[], $5::date[]) n(s, m)) order by 1, q.period limit 1`,
      [accountId, providerId, own, principal.map(({ serviceId }) => serviceId), principal.map(({ period }) => monthDay(period))],
    );
    if (twice) throw conflict('legal.case.duplicate', { number: twice.number, month: twice.month });
  }

  private async fees(tx: CaseTx, caseId: string, { kind, parts, filedOn, accountId, providerId }: CaseOpening): Promise<void> {
    const fee = parts.reduce((sum, each) => (each.part === 'fee' ? sum + each.amountKop : sum), 0n);
    let paid = fee;
    if (kind === 'claim') {
      const credited = await tx.query<{ amount: bigint }>(
        `update legal.case_fee f set state = 'credited', credited_case_id = $1 from legal.case_file c
         where c.id = f.case_id and c.account_id = $2 and c.provider_id = $3 and f.state = 'creditable' returning f.amount_kop as amount`,
        [caseId, accountId, providerId],
      );
      paid = credited.reduce((rest, { amount }) => rest - amount, fee);
    }
    if (paid <= 0n) return;
    await tx.query(`insert into legal.case_fee (id, case_id, kind, amount_kop, paid_on, state) values ($1, $2, $3, $4, $5, 'paid')`, [
      uuid7(), caseId, kind, paid, filedOn,
    ]);
  }
}

const monthDay = (period: string | null): string | null => (period === null ? null : Period.parse(period.slice(0, 7)).firstDay);

/** Id of an account by its number, or `legal.case.account-unknown`. */
export async function accountIdOf(sql: CaseTx, number: string): Promise<number> {
  const [row] = await sql.query<{ id: number }>('select account_id as id from registry.pub_account_v1 where number = $1', [number]);
  if (!row) throw notFound('legal.case.account-unknown', { number });
  return row.id;
}

/** Months of one creditor whose due day is over. */
function overdueParts(tx: CaseTx, accountId: number, providerId: number, on: string): Promise<Parts[number][]> {
  return tx.query<Parts[number]>(
    `select i.service_id::int as "serviceId", to_char(i.debt_month, 'YYYY-MM') as period, 'principal' as part, i.outstanding_kop as "amountKop"
     from billing.pub_open_item_v1 i where i.account_id = $1 and i.provider_id = $2 and i.due_on < $3::date order by i.debt_month, i.service_id`,
    [accountId, providerId, on],
  );
}

async function insertParts(tx: CaseTx, caseId: string, parts: Parts): Promise<void> {
  await tx.query(
    `insert into legal.case_part (case_id, no, part, service_id, period, claimed_kop, outstanding_kop)
     select $1, row_number() over (order by part <> 'principal', part, m, s), part, s, m, sum(kop), sum(kop)
     from unnest($2::text[], $3::smallint[], $4::date[], $5::bigint[]) n(part, s, m, kop) group by part, s, m`,
    [caseId, parts.map(({ part }) => part), parts.map(({ serviceId }) => serviceId), parts.map(({ period }) => monthDay(period)), parts.map(({ amountKop }) => amountKop)],
  );
}
