import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { DomainError, Money } from '@komplat/kernel';
import { REGISTRY_API, type RegistryApi } from '@komplat/registry/contract';
import { canonicalJson, Database, sha256, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CourtFeeOutput } from '../../contract/calc.schema.ts';
import { LEGAL_API, type LegalApi } from '../../contract/legal.api.ts';
import type { PackSnapshot } from '../../contract/pack.schema.ts';
import { CASES, type Cases } from '../services/ports.ts';
import { calculate, type CalcMonth, type CalcTerms, type Calculation, penaltyStart } from './claim-calc.ts';
import { type ClaimRunRow, PROCESS, runOf } from './claim-run.ts';
import { ClaimRules, type ClaimRuleSet } from './claim-rules.ts';
import {
  type AcceptedRow, type DebtorRow, type FeeRow, type GroundRow, type HeadRow, itemNumber, type MonthRow, type PaymentRow, type ResidentRow,
  snapshotOf, type StatementRow, type TariffRow,
} from './claim-snapshot.ts';
import {
  ACCEPTED, COVERS, DEBTOR_ROWS, FEES, FROZEN, GROUNDS, HEADS, MONTHS, PAYMENTS, RATES, RESIDENTS, STATEMENT, TARIFFS,
} from './freeze-sql.ts';

interface ItemRow {
  readonly item_id: string;
}
interface CoverRow extends ItemRow {
  readonly service_id: number;
  readonly month: string;
  readonly on: string;
  readonly kop: bigint;
}
interface RateRow extends ItemRow {
  readonly service_id: number;
  readonly rate: string;
}
/** What a batch rests on: one day, one state of the law. */
interface Batch {
  readonly run: ClaimRunRow;
  readonly day: string;
  readonly rules: ClaimRuleSet;
  readonly terms: CalcTerms;
  readonly courts: ReadonlyMap<string, PackSnapshot['court']>;
  readonly codes: Awaited<ReturnType<RegistryApi['personCodes']>>;
  readonly fees: Map<string, Promise<CourtFeeOutput>>;
  readonly data: BatchData;
}
interface BatchData {
  readonly heads: readonly HeadRow[];
  readonly months: Grouped<MonthRow>;
  readonly covers: Grouped<CoverRow>;
  readonly rates: Grouped<RateRow>;
  readonly debtors: Grouped<DebtorRow>;
  readonly statement: Grouped<StatementRow>;
  readonly payments: Grouped<PaymentRow>;
  readonly tariffs: Grouped<TariffRow>;
  readonly residents: Grouped<ResidentRow>;
  readonly grounds: Grouped<GroundRow>;
  readonly accepted: Grouped<AcceptedRow>;
  readonly fees: Grouped<FeeRow>;
}
type Grouped<R> = (id: string) => readonly R[];

const BATCH = 50;
const FIRST_DAY = '1997-01-01';

/** Calculations of checked items, frozen from one moment's data: read in sets, counted by the rules of debt, written at once. */
@Injectable()
export class ClaimFreezer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
    @Inject(DEBT_API) private readonly debt: DebtApi,
    @Inject(REGISTRY_API) private readonly registry: RegistryApi,
    @Inject(LEGAL_API) private readonly legal: LegalApi,
    @Inject(CASES) private readonly cases: Cases,
  ) {}

  /** One batch. */
  async freeze(runId: string): Promise<void> {
    const run = await runOf(this.database, runId);
    const day = await this.rules.today();
    await this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read');
      const chosen = await tx.query<{ id: string }>(
        `select id from legal.claim_item where run_id = $1 and outcome = 'checked' order by ordinal limit ${BATCH} for update`,
        [runId],
      );
      if (chosen.length === 0) return;
      const batch = await this.batch(tx, run, day, chosen.map(({ id }) => id));
      const made: object[] = [];
      for (const head of batch.data.heads) {
        try {
          made.push(await this.one(batch, head));
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          await refuse(tx, head.item_id, error);
        }
      }
      await tx.query(FROZEN, [JSON.stringify(made), PROCESS]);
    });
  }

  private async batch(tx: Tx, run: ClaimRunRow, day: string, ids: readonly string[]): Promise<Batch> {
    const rules = await this.rules.on(day);
    const data = await read(tx, ids, day);
    const people = [...new Set(data.heads.flatMap(({ item_id: id }) => data.debtors(id).map((row) => row.person_id)))];
    const codes = await this.registry.personCodes(people, { by: run.created_by, subject: `claim-run/${run.number}` });
    const law = this.debt.keptLaw();
    const [version] = await tx.query<{ version: number }>('select max(version_id) as version from debt.pub_inflation_index_v1');
    const terms: CalcTerms = {
      law,
      asOf: day,
      parameters: run.parameters,
      ratePercent: rules.value('interest-percent'),
      excludeMoratorium: rules.value('moratorium-excluded') === 'yes',
      indexVersion: version?.version ?? 0,
      penaltyFrom: run.parameters.penalty === 'claim' ? await penaltyStart(law, day, FIRST_DAY) : day,
    };
    return { run, day, rules, terms, data, codes, courts: await courtsOf(tx, day), fees: new Map() };
  }

  private async one(batch: Batch, head: HeadRow): Promise<object> {
    const { run, day, rules, terms, data, codes, courts } = batch;
    const id = head.item_id;
    const court = courts.get(head.court_code ?? '');
    if (!court) throw new DomainError('legal.court.unknown', { court: head.court_code ?? '', date: day });
    const months = data.months(id);
    const calculation = await calculate(calcMonths(data, id), terms, head.territory ?? undefined);
    const total = Money.sum(Object.values<Money>({ ...calculation.totals }));
    if (total.isZero()) throw new DomainError('legal.claim.nothing-to-claim', {});
    const rates = data.rates(id).map(({ rate }) => rate);
    const fee = await this.fee(batch, head, total, court);
    const snapshot = snapshotOf({
      runNumber: run.number, asOf: day, locality: rules.value('locality'), head, months, codes, court, calculation,
      debtors: data.debtors(id), statement: data.statement(id), payments: data.payments(id), tariffs: data.tariffs(id), residents: data.residents(id),
      grounds: data.grounds(id), accepted: data.accepted(id), fee,
      terms: {
        method: run.parameters.method, ratePercent: terms.ratePercent, indexVersion: terms.indexVersion,
        penaltyPercentPerDay: calculation.totals.penalty.isZero() ? null : (rates[0] ?? null),
      },
      rules: rules.rows, say: this.rules.say,
    });
    const { principal, inflation, interest, penalty } = calculation.totals;
    return {
      item_id: id, sha256: sha256(canonicalJson(snapshot)), body: snapshot, trace: traceOf(calculation), index_version: terms.indexVersion,
      principal: principal.kop.toString(), inflation: inflation.kop.toString(), interest: interest.kop.toString(), penalty: penalty.kop.toString(),
      fee: Money.parse(fee.amount).kop.toString(), credited: Money.parse(fee.credited).kop.toString(),
    };
  }

  /** The fee of the paper, less fees of orders that were refused or cancelled; equal questions are asked once a batch. */
  private async fee(batch: Batch, head: HeadRow, total: Money, court: PackSnapshot['court']): Promise<PackSnapshot['fee']> {
    const { run, day, data } = batch;
    const { electronic } = run.parameters;
    const paid = head.kind === 'claim' ? await this.cases.creditableFees(head.account_id, head.provider_id) : [];
    const credit = paid.reduce((sum, { amountKop }) => sum + amountKop, 0n);
    const ask = {
      date: day, side: 'legal-entity' as const, electronic, court: court.code,
      ...(head.kind === 'order' ? { kind: 'order' as const } : { kind: 'property-claim' as const, price: total.toString() }),
      ...(credit > 0n ? { orderFeePaid: Money.ofKop(credit).toString() } : {}),
    };
    const key = JSON.stringify(ask);
    const asked = batch.fees.get(key) ?? this.legal.courtFee(ask).then(({ result }) => result);
    batch.fees.set(key, asked);
    const { fee, credited = '0.00', toPay = fee, account } = await asked;
    const [matched] = data.fees(head.item_id);
    return {
      amount: fee,
      credited,
      toPay,
      account: account
        ? { recipient: account.recipient, edrpou: account.edrpou, bank: account.bank, iban: account.iban, purpose: purposeOf(account.purpose, head, { court, run }) }
        : null,
      paidOn: matched?.fee_paid_on ?? null,
      paymentReference: matched ? `${matched.fee_import_id}:${matched.fee_import_line}` : null,
    };
  }
}

/** The words of the payment by the pattern of the court's account; the item's number stands last, so that the bank's row is found by it. */
function purposeOf(pattern: string, head: HeadRow, { court, run }: { readonly court: PackSnapshot['court']; readonly run: ClaimRunRow }): string {
  const words = pattern.replace('{edrpou}', head.edrpou).replace('{creditor}', head.provider_name).replace('{court}', court.name);
  return `${words}, ${itemNumber(run.number, head.ordinal)}`.slice(0, 500);
}

const traceOf = ({ trace }: Calculation): readonly unknown[] => trace;

function calcMonths(data: BatchData, id: string): CalcMonth[] {
  const covers = data.covers(id);
  const rates = new Map(data.rates(id).map(({ service_id: service, rate }) => [service, rate]));
  return data.months(id).map((row) => ({
    ...row,
    covers: covers.filter(({ service_id: service, month }) => service === row.service_id && month === row.month),
    penaltyRate: rates.get(row.service_id),
  }));
}

async function read(tx: Tx, ids: readonly string[], day: string): Promise<BatchData> {
  const rows = async <R extends ItemRow>(sql: string): Promise<Grouped<R>> => {
    const found = new Map<string, R[]>();
    for (const row of await tx.query<R>(sql, [ids, day])) {
      const own = found.get(row.item_id);
      if (own) own.push(row);
      else found.set(row.item_id, [row]);
    }
    return (id) => found.get(id) ?? [];
  };
  return {
    heads: await tx.query<HeadRow>(HEADS, [ids, day]),
    months: await rows<MonthRow>(MONTHS),
    covers: await rows<CoverRow>(COVERS),
    rates: await rows<RateRow>(RATES),
    debtors: await rows<DebtorRow>(DEBTOR_ROWS),
    statement: await rows<StatementRow>(STATEMENT),
    payments: await rows<PaymentRow>(PAYMENTS),
    tariffs: await rows<TariffRow>(TARIFFS),
    residents: await rows<ResidentRow>(RESIDENTS),
    grounds: await rows<GroundRow>(GROUNDS),
    accepted: await rows<AcceptedRow>(ACCEPTED),
    fees: await rows<FeeRow>(FEES),
  };
}

/** Courts that are in force, by their codes. */
async function courtsOf(tx: Tx, day: string): Promise<ReadonlyMap<string, PackSnapshot['court']>> {
  const courts = await tx.query<PackSnapshot['court']>(
    `select code, name, name_genitive as "nameGenitive", name_dative as "nameDative", address, email from legal.court where valid @> $1::date`,
    [day],
  );
  return new Map(courts.map((court) => [court.code, court]));
}

/** A rule refused to count: the item is blocked by the sentence of that refusal. */
async function refuse(tx: Tx, id: string, { code, params }: DomainError): Promise<void> {
  const details = JSON.stringify({ error: code, ...params });
  await tx.query(
    `insert into legal.claim_finding (item_id, code, subject, level, params) values ($1, 'calculation-refused', '', 'block', $2)
     on conflict (item_id, code, subject) do update set params = excluded.params`,
    [id, details],
  );
  await tx.query(
    `update legal.claim_item set outcome = 'blocked', reason_code = 'calculation-refused', reason_params = $2, changed_by = $3, changed_at = now()
     where id = $1 and outcome = 'checked'`,
    [id, details, PROCESS],
  );
}
