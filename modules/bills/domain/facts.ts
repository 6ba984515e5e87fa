/** A sentence by its key: the words are of the module. */
export interface Words {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}
export type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;

/** What was charged for a service in the month before. Sums are kopecks. */
export interface MonthBefore {
  readonly charged: bigint;
  readonly benefit: bigint;
  readonly recalculated: bigint;
  readonly subsidy: bigint;
  /** Benefit that the charge is already reduced by. */
  readonly netted: bigint;
  readonly quantity: string | null;
  readonly price: string | null;
  /** Different tariffs inside the month. */
  readonly prices: number;
  readonly persons: number | null;
  readonly personDays: number | null;
  readonly method: string | null;
  readonly area: string | null;
  readonly tariffId: number | null;
  readonly normId: number | null;
  /** Rows of the mass charge: the explanation looks into the charge when there is one only. */
  readonly charges: number;
}
export interface LineFacts extends MonthBefore {
  readonly service: string;
  readonly name: string;
  readonly unit: string;
  readonly provider: string;
  readonly providerName: string;
  readonly exchange: string | null;
  readonly providerAccount: string | null;
  readonly dueDay: number | null;
  /** The account had the service in the month, and it is not out of season. */
  readonly supplied: boolean;
  readonly accrued: boolean;
  readonly lane: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly paid: bigint;
  readonly other: bigint;
  readonly priceUnit: string | null;
  readonly before: MonthBefore | null;
}
export interface ReasonFacts {
  readonly name: string;
  readonly kind: string;
  readonly kop: bigint;
  readonly forMonth: string;
  readonly key: string | null;
  readonly params: Readonly<Record<string, string>> | null;
}
export interface MeterFacts {
  readonly service: string;
  readonly name: string;
  readonly unit: string;
  readonly serial: string;
  readonly digits: number;
  readonly now: string | null;
  readonly before: string;
  readonly due: string | null;
}
export interface MonthSum {
  readonly month: string;
  readonly kop: bigint;
}
/** All that one bill is made from. */
export interface BillFacts {
  readonly accountId: number;
  readonly number: string;
  readonly holder: string;
  readonly address: string;
  readonly postcode: string;
  readonly area: string | null;
  readonly residents: number;
  readonly lines: readonly LineFacts[];
  readonly reasons: readonly ReasonFacts[];
  readonly later: readonly { readonly paidOn: string; readonly channel: string; readonly kop: bigint; readonly month: string }[];
  readonly ages: readonly MonthSum[];
  readonly meters: readonly MeterFacts[];
  readonly year: readonly MonthSum[];
  readonly notices: readonly string[];
}

/** Sum of a month of one service: charge, benefit, recalculation, subsidy. */
export const monthKop = (facts: Pick<MonthBefore, 'charged' | 'benefit' | 'recalculated' | 'subsidy'>): bigint =>
  facts.charged + facts.benefit + facts.recalculated + facts.subsidy;

/** Accrued before benefits. */
export const grossKop = (facts: Pick<MonthBefore, 'charged' | 'netted'>): bigint => facts.charged + facts.netted;

/** A provider whose month is closed has told everything; a supply without a charge is "not received", never zero. */
export const isReceived = (line: Pick<LineFacts, 'supplied' | 'accrued' | 'lane'>): boolean =>
  !line.supplied || (line.accrued && (line.lane === 'released' || line.lane === 'locked'));
