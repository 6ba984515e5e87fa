import { Money } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { HoldKind } from '../../contract/analysis.schema.ts';
import type { Claimable } from '../../contract/claimable.schema.ts';
import { adviseClaims, type ClaimableMonth, claimSums } from '../../domain/index.ts';
import { LawTables } from '../services/law-tables.ts';
import { Acknowledgements } from './acknowledgements.service.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { Dunning } from './dunning.service.ts';
import { Holds } from './holds.service.ts';
import { onlyProviders } from './scope.ts';

interface MonthRow extends ClaimableMonth {
  readonly provider: string;
  readonly providerName: string;
  readonly service: string;
  readonly serviceName: string;
  readonly dueOn: string;
  readonly startsOn: string;
  readonly interruptedOn: string | null;
}
type Creditor = Claimable['creditors'][number];

/** law.md 4.1: terms with fewer days left are shown as ending. */
const SOON_DAYS = 90;
const LATEST = 12;
/** $1 account, $2 today, $3 codes of providers or null. */
const MONTHS = `
  select p.code as provider, p.short_name as "providerName", s.code as service, s.name as "serviceName", to_char(i.debt_month, 'YYYY-MM') as month,
    i.outstanding_kop as kop, to_char(i.due_on, 'YYYY-MM-DD') as "dueOn", to_char(i.starts_on, 'YYYY-MM-DD') as "startsOn",
    to_char(i.ends_on, 'YYYY-MM-DD') as "endsOn", to_char(i.interrupted_on, 'YYYY-MM-DD') as "interruptedOn"
  from debt.pub_claimable_v1 i join tariffs.pub_provider_v1 p on p.id = i.provider_id join tariffs.pub_service_v1 s on s.id = i.service_id
  where i.account_id = $1 and i.due_on < $2::date and ($3::text[] is null or p.code = any($3)) order by p.code, i.debt_month, s.pay_order`;
/** $1 account, $2 how many. */
const PAYMENTS = `select y.payment_id::text as id, to_char(y.paid_on, 'YYYY-MM-DD') as "on", y.amount_kop as kop from payments.pub_payment_v1 y
  where y.account_id = $1 and y.rolled_back_at is null
    and not exists (select from debt.acknowledgement a where a.payment_id = y.payment_id and a.withdrawn_at is null)
  order by y.paid_on desc, y.payment_id desc limit $2`;
const PENALTY_FROM = `select to_char(min(starts_on), 'YYYY-MM-DD') as day from debt.limitation_day
  where kind = 'penalty' and ends_on >= $1::date and starts_on <= $1::date`;

/** What to claim now and what to keep, of one account, by creditor. */
@Injectable()
export class ClaimableDebts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(Dunning) private readonly dunning: Dunning,
    @Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements,
    @Inject(LawTables) private readonly tables: LawTables,
  ) {}

  /** Refuses 404 `debt.account.unknown`. */
  async of(number: string, actor: Actor): Promise<Claimable> {
    const id = await this.holds.account(number, actor);
    const today = await this.debtors.today();
    const only = onlyProviders(actor);
    const rows = await this.database.query<MonthRow>(MONTHS, [id, today, only]);
    const holds = (await this.holds.ofAccount(id, today, actor)).filter(({ active }) => active);
    const court = (await this.dunning.stepRows(today)).find((step) => step.in_force && step.code === 'court');
    const rule = { asOf: today, soonDays: SOON_DAYS, court: court && { minDebtKop: court.min_debt_kop, minMonths: court.min_months } };
    const codes = [...new Set(rows.map(({ provider }) => provider))];
    const creditors = codes.map((code) => {
      const own = holds.filter(({ provider }) => provider === null || provider === code).map(({ kind }) => kind);
      return creditorOf(rows.filter(({ provider }) => provider === code), [...new Set(own)], rule);
    });
    const payments = only ? [] : await this.database.query<{ id: string; on: string; kop: bigint }>(PAYMENTS, [id, LATEST]);
    const [penalty] = await this.database.query<{ day: string | null }>(PENALTY_FROM, [today]);
    const total = (key: 'now' | 'keep' | 'held' | 'expired'): string =>
      creditors.reduce((sum, each) => sum.add(Money.parse(each[key])), Money.zero).toString();
    return {
      today,
      now: total('now'), keep: total('keep'), held: total('held'), expired: total('expired'),
      creditors,
      penaltyFrom: penalty?.day ?? null,
      court: court ? { minDebt: kopText(court.min_debt_kop), minMonths: court.min_months } : null,
      soonDays: SOON_DAYS,
      acknowledgements: await this.acknowledgements.ofAccount(id, actor),
      payments: payments.map(({ kop, ...payment }) => ({ ...payment, amount: kopText(kop) })),
      parameters: [
        ...(await this.tables.limitationMarks(today)),
        ...(court ? [{ id: 'debt.dunning.court', version: court.decision, mark: court.mark }] : []),
        { id: 'debt.claimable.soon', version: `${SOON_DAYS}`, mark: 'proposal' },
      ],
    };
  }
}

function creditorOf(rows: readonly MonthRow[], holds: HoldKind[], rule: Omit<Parameters<typeof adviseClaims>[1], 'held'>): Creditor {
  const advised = adviseClaims(rows, { ...rule, held: holds.length > 0 });
  const sums = claimSums(advised);
  return {
    provider: rows[0]?.provider ?? '',
    providerName: rows[0]?.providerName ?? '',
    now: sums.now.toString(), keep: sums.keep.toString(), held: sums.held.toString(), expired: sums.expired.toString(),
    holds,
    months: advised.map(({ item, daysLeft, ending, advice, reason }) => ({
      month: item.month, service: item.service, serviceName: item.serviceName, debt: kopText(item.kop), dueOn: item.dueOn, startsOn: item.startsOn,
      endsOn: item.endsOn, daysLeft, interruptedOn: item.interruptedOn, ending, advice, reason,
    })),
  };
}
