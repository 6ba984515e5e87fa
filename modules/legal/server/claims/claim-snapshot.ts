import { Period } from '@komplat/kernel';
import type { PersonCodes } from '@komplat/registry/contract';
import { PackSnapshot } from '../../contract/pack.schema.ts';
import type { Calculation } from './claim-calc.ts';
import type { ClaimRuleRow } from './claim-rules.ts';
import { kopText } from './claim-run.ts';

export interface HeadRow {
  readonly item_id: string;
  readonly account_id: number;
  readonly provider_id: number;
  readonly kind: 'order' | 'claim';
  readonly ordinal: number;
  /** By the registered residence of the debtor, or as a person chose. */
  readonly court_code: string | null;
  readonly number: string;
  readonly address: string;
  readonly postcode: string;
  readonly area: string | null;
  readonly dwelling: string;
  readonly provider: string;
  readonly provider_name: string;
  readonly edrpou: string;
  readonly iban: string;
  readonly creditor_address: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly bank: string | null;
  readonly head_surname: string | null;
  readonly head_given_name: string | null;
  readonly head_patronymic: string | null;
  readonly head_sex: 'male' | 'female' | null;
  readonly head_post: string | null;
  readonly authority_number: string | null;
  readonly authority_from: string | null;
  readonly authority_until: string | null;
  /** КАТОТТГ; null when no place is recorded. */
  readonly territory: string | null;
}
export interface MonthRow {
  readonly item_id: string;
  readonly service_id: number;
  readonly service: string;
  readonly service_name: string;
  readonly month: string;
  readonly due_on: string;
  readonly limitation_ends_on: string;
  readonly charged_kop: bigint;
  readonly covered_kop: bigint;
  readonly debt_kop: bigint;
  readonly part: 'debt' | 'penalty';
}
interface NameRow {
  readonly surname: string;
  readonly given_name: string;
  readonly patronymic: string;
  readonly sex: 'male' | 'female';
  readonly birth_date: string | null;
}
export interface DebtorRow extends NameRow {
  readonly item_id: string;
  readonly person_id: string;
  readonly role: 'owner' | 'holder' | 'resident';
  readonly share: string | null;
  readonly minor: boolean;
  readonly registered: string | null;
}
export interface ResidentRow extends NameRow {
  readonly item_id: string;
  readonly relation: string;
  readonly from: string | null;
  readonly to: string | null;
}
export interface StatementRow {
  readonly item_id: string;
  readonly month: string;
  readonly service: string;
  readonly opening_kop: bigint;
  readonly charged_kop: bigint;
  readonly recalculated_kop: bigint;
  readonly benefit_kop: bigint;
  readonly subsidy_kop: bigint;
  readonly paid_kop: bigint;
  readonly closing_kop: bigint;
}
export interface PaymentRow {
  readonly item_id: string;
  readonly on: string;
  readonly kop: bigint;
  readonly channel: string;
}
export interface TariffRow {
  readonly item_id: string;
  readonly service: string;
  readonly from: string;
  readonly price: string;
  readonly unit: string;
  readonly decision: string;
}
export interface GroundRow {
  readonly item_id: string;
  readonly number: string;
  readonly signed_on: string;
  readonly kind: string;
}
export interface AcceptedRow {
  readonly item_id: string;
  readonly code: string;
  readonly accepted_by: string;
  readonly accepted_reason: string;
}
export interface FeeRow {
  readonly item_id: string;
  readonly fee_paid_on: string;
  readonly fee_import_id: string;
  readonly fee_import_line: number;
}
/** Words of the papers, which are Ukrainian. */
export interface Words {
  text(key: string, params?: Readonly<Record<string, unknown>>): string;
  /** The word of a code when it has one, else the other text. */
  or(key: string, other: string): string;
}
const NEEDS_LAWYER = 'needs a lawyer';
/** All that a snapshot of one item is made of. */
export interface SnapshotSource {
  readonly runNumber: string;
  readonly asOf: string;
  readonly locality: string;
  readonly head: HeadRow;
  readonly months: readonly MonthRow[];
  readonly debtors: readonly DebtorRow[];
  readonly codes: ReadonlyMap<string, PersonCodes>;
  readonly statement: readonly StatementRow[];
  readonly payments: readonly PaymentRow[];
  readonly tariffs: readonly TariffRow[];
  readonly residents: readonly ResidentRow[];
  readonly grounds: readonly GroundRow[];
  readonly accepted: readonly AcceptedRow[];
  readonly court: PackSnapshot['court'];
  readonly calculation: Calculation;
  readonly terms: { readonly method: PackSnapshot['calculation']['method']; readonly ratePercent: string; readonly penaltyPercentPerDay: string | null; readonly indexVersion: number };
  readonly fee: PackSnapshot['fee'];
  readonly rules: readonly ClaimRuleRow[];
  readonly say: Words;
}

export const itemNumber = (run: string, ordinal: number): string => `${run}/${ordinal}`;

/** Everything that the pack says, in one record that is checked by its own schema. */
export function snapshotOf(source: SnapshotSource): PackSnapshot {
  const { head, asOf, locality, calculation, terms, months } = source;
  const { principal, inflation, interest, penalty } = calculation.totals;
  const days = months.map(({ month }) => month).toSorted();
  return PackSnapshot.parse({
    v: 1,
    kind: head.kind,
    number: itemNumber(source.runNumber, head.ordinal),
    preparedOn: asOf,
    asOf,
    account: head.number,
    premises: { address: fullAddress(locality, head), area: head.area, kind: head.dwelling },
    court: source.court,
    creditor: creditorOf(head),
    debtors: debtorsOf(source),
    ground: groundOf(source),
    period: { from: days[0] ?? Period.ofDay(asOf).toString(), to: days.at(-1) ?? Period.ofDay(asOf).toString() },
    items: months.map((row) => ({
      service: row.service,
      serviceName: row.service_name,
      month: row.month,
      charged: kopText(row.charged_kop),
      covered: kopText(row.covered_kop),
      // the principal of such a month is claimed by an order, here only its penalty is
      debt: kopText(row.part === 'debt' ? row.debt_kop : 0n),
      dueOn: row.due_on,
      limitationEndsOn: row.limitation_ends_on,
    })),
    calculation: {
      ...terms,
      asOf,
      principal: principal.toString(),
      inflation: inflation.toString(),
      interest: interest.toString(),
      penalty: penalty.toString(),
      rows: calculation.rows,
      parameters: calculation.parameters,
    },
    fee: source.fee,
    total: principal.add(inflation).add(interest).add(penalty).toString(),
    statement: source.statement.map((row) => ({
      month: row.month,
      service: row.service,
      opening: kopText(row.opening_kop),
      charged: kopText(row.charged_kop),
      recalculated: kopText(row.recalculated_kop),
      benefit: kopText(row.benefit_kop),
      subsidy: kopText(row.subsidy_kop),
      paid: kopText(row.paid_kop),
      closing: kopText(row.closing_kop),
    })),
    payments: source.payments.map(({ on, kop, channel }) => ({ on, amount: kopText(kop), channel })),
    tariffs: source.tariffs.map(({ service, from, price, unit, decision }) => ({ service, from, price, unit, decision })),
    residents: source.residents.map((row) => ({ ...nameOf(row), birthDate: row.birth_date, relation: row.relation, from: row.from, to: row.to })),
    marks: marksOf(source),
  });
}

const nameOf = (row: NameRow): object => ({ surname: row.surname, givenName: row.given_name, patronymic: row.patronymic || null, sex: row.sex });
const fullAddress = (locality: string, { postcode, address }: { postcode: string; address: string }): string => `${postcode}, ${locality}, ${address}`;

function creditorOf(head: HeadRow): object {
  const { head_surname: surname, head_given_name: givenName, head_post: post } = head;
  const named = surname !== null && givenName !== null && post !== null;
  return {
    code: head.provider,
    name: head.provider_name,
    edrpou: head.edrpou,
    address: head.creditor_address,
    phone: head.phone,
    email: head.email,
    iban: head.iban,
    bank: head.bank,
    head: named ? { surname, givenName, patronymic: head.head_patronymic, sex: head.head_sex, post } : null,
    authority: head.authority_number === null ? null : { number: head.authority_number, from: head.authority_from, until: head.authority_until },
  };
}

/** A minor stands with the grown-up of the same paper who acts for them: an owner, else the holder; a lawyer has accepted it. */
function debtorsOf({ debtors, codes, locality }: SnapshotSource): object[] {
  const minors = debtors.filter(({ minor }) => minor).map(({ person_id: id }) => id);
  const guardian = debtors.find(({ minor }) => !minor)?.person_id;
  return debtors.map((row) => {
    const [postcode, address] = row.registered?.split('|') ?? [];
    return {
      ...nameOf(row),
      personId: row.person_id,
      birthDate: row.birth_date,
      taxNumber: codes.get(row.person_id)?.taxNumber ?? null,
      registeredAt: postcode !== undefined && address !== undefined ? fullAddress(locality, { postcode, address }) : null,
      phone: codes.get(row.person_id)?.phone ?? null,
      role: row.role,
      share: row.share,
      minor: row.minor,
      actsFor: row.person_id === guardian ? minors : [],
    };
  });
}

const GROUND_WORDS: Readonly<Record<string, string>> = {
  individual: 'Індивідуальний договір',
  accession: 'Публічний договір приєднання',
  'co-owners': 'Договір за рішенням співвласників',
};
const dayWords = (day: string): string => day.split('-').toReversed().join('.');

function groundOf({ grounds, head }: SnapshotSource): string {
  if (grounds.length === 0) return `Приєднання до публічного договору споживанням послуг за особовим рахунком ${head.number} (Закон 2189-VIII ст. 13)`;
  return grounds.map(({ kind, number, signed_on: on }) => `${GROUND_WORDS[kind] ?? kind} № ${number} від ${dayWords(on)}`).join('; ').slice(0, 500);
}

/** What still needs a lawyer: rules that are not settled, and findings that somebody took upon themselves; in words, for the reviewer. */
function marksOf({ calculation, accepted, rules, say }: SnapshotSource): string[] {
  const unsettled = [
    ...calculation.parameters.map(({ id, version, mark }) => ({ rule: `debt.ui.rule.${id}`, value: version, mark })),
    ...rules.map(({ code, value, mark }) => ({ rule: `legal.ui.claims.rule-name.${code}`, value: say.or(`legal.ui.claims.value.${value}`, value), mark })),
  ].filter(({ mark }) => mark === NEEDS_LAWYER);
  const marks = unsettled.map(({ rule, value }) => say.text('legal.ui.claims.mark-rule', { rule: say.text(rule), value, mark: say.text('debt.ui.mark.needs-a-lawyer') }));
  const taken = accepted.map(({ code, accepted_by: by, accepted_reason: reason }) =>
    say.text('legal.ui.claims.mark-taken', { finding: say.text(`legal.ui.claims.finding.${code}`), by, reason }),
  );
  return [...new Set([...marks, ...taken])].map((text) => text.slice(0, 500));
}
