import { cityTable, type CityRow, type DemoRandom, Weighted } from '@komplat/server';

interface Group {
  readonly codes: readonly string[];
  readonly weights: readonly number[];
}
const YEARS = [1997, 2003, 2008, 2013, 2017, 2020, 2023, 2026];
/** Share of the sum paid by channel and year. */
const GROUPS: readonly Group[] = [
  { codes: ['CASH'], weights: [22, 20, 17, 13, 9, 6, 5, 4] },
  { codes: ['OSCH_DESK', 'OSCH_TERM'], weights: [48, 45, 38, 31, 25, 20, 15, 12] },
  { codes: ['PRIVAT_DESK', 'PRIVAT_TERM'], weights: [0, 9, 20, 22, 17, 11, 7, 5] },
  { codes: ['PRIVAT24'], weights: [0, 0, 0, 9, 22, 32, 36, 36] },
  { codes: ['MONO', 'PUMB'], weights: [0, 0, 0, 0, 0, 5, 14, 20] },
  { codes: ['PORTMONE', 'EASYPAY', 'IBOX', 'CITY24', 'IPAY'], weights: [0, 0, 2, 6, 8, 8, 6, 5] },
  { codes: ['POST'], weights: [16, 15, 13, 10, 8, 6, 5, 4] },
  { codes: ['EMPL'], weights: [9, 6, 4, 3, 2, 2, 1, 1] },
  { codes: ['PROV_CASH'], weights: [5, 5, 5, 4, 3, 2, 1, 1] },
  { codes: ['BANK_IBAN'], weights: [0, 0, 1, 1, 2, 3, 5, 6] },
  { codes: ['CABINET'], weights: [0, 0, 0, 0, 2, 4, 4, 5] },
];

export interface ChannelPlan {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  readonly delay: number;
  readonly row: CityRow;
}

export const channelPlans = (): ChannelPlan[] =>
  cityTable('payment-channels').map((row, index) => ({
    id: index + 1,
    code: row.text('code'),
    kind: row.text('kind'),
    delay: row.number('settlement_delay_days'),
    row,
  }));

/** Channels of a month by their share of payments; what was not open yet falls to the big bank of the time. */
export class ChannelChoice {
  readonly #weighted: Weighted<readonly ChannelPlan[]>;
  readonly #fallback: ChannelPlan;
  readonly #open: readonly ChannelPlan[];

  constructor(period: string, plans: readonly ChannelPlan[]) {
    const open = plans.filter(
      ({ row }) => row.text('valid_from') <= `${period}-01` && (row.text('valid_to') || '9999') >= `${period}-28`,
    );
    const year = Number(period.slice(0, 4));
    const column = Math.max(
      0,
      YEARS.findLastIndex((known) => known <= year),
    );
    const [internet, desk] = ['PRIVAT24', 'OSCH_DESK'].map((wanted) => open.find(({ code }) => code === wanted));
    const fallback = year < 2008 ? desk : (internet ?? desk);
    if (!fallback) throw new RangeError(`no channel is open in ${period}`);
    this.#fallback = fallback;
    this.#open = open;
    const groups = GROUPS.map((group) => ({
      plans: open.filter(({ code }) => group.codes.includes(code)),
      weight: group.weights[column] ?? 0,
    })).filter(({ weight }) => weight > 0);
    const weights = new Map(groups.map((group) => [group.plans, group.weight]));
    this.#weighted = new Weighted([...weights.keys()], (item) => weights.get(item) ?? 0);
  }

  /** The channel with this code, or the big bank of the time before it was opened. */
  named(code: string): ChannelPlan {
    return this.#open.find((plan) => plan.code === code) ?? this.#fallback;
  }
  draw(random: DemoRandom): ChannelPlan {
    const group = random.draw(this.#weighted);
    return group.length === 0 ? this.#fallback : random.pick(group);
  }
}

export function channelRows(plans: readonly ChannelPlan[]): (string | number | boolean | null)[][] {
  return plans.map(({ id, code, kind, delay, row }) => [
    id,
    code,
    row.text('name'),
    kind,
    row.optional('mfo'),
    delay,
    row.text('commission_percent') || '0',
    Math.round(Number(row.text('commission_min_uah') || '0') * 100),
    row.text('commission_payer') || 'centre',
    ['internet', 'terminal', 'own desk'].includes(kind),
    row.text('valid_from'),
    row.optional('valid_to'),
  ]);
}
