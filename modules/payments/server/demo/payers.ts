import { cityTable, DemoRandom } from '@komplat/server';

export type PayerClass = 'on-time' | 'late' | 'chronic' | 'court' | 'overpaid';
export interface PayerFacts {
  readonly account_id: number;
  readonly house_code: string;
  readonly residents: number;
}
export interface Payer {
  readonly account: number;
  readonly kind: PayerClass;
  /** A number of 0 to below 1 that stays with the household. */
  readonly habit: number;
  /** Months before the current one since a court case's debtor pays nothing. */
  readonly stopped: number;
}

/** Shares of the classes; the rest pays on time. */
const SHARES = { court: 0.03, chronic: 0.08, late: 0.17, overpaid: 0.02 } as const;
const HOUSE_EFFECT = 0.25;

/**
 * Classes with exact shares: households are ranked by a weight (correlations of the profiles) and chance, so that the
 * weights hold as odds.
 */
export function drawPayers(facts: readonly PayerFacts[], seed: number, certain: ReadonlySet<number>): Payer[] {
  const kinds = new Map(cityTable('houses').map((row) => [row.text('house_id'), row.text('kind')]));
  const ranked = facts
    .map((fact) => {
      const random = new DemoRandom(seed, 'payer', fact.account_id);
      const house = new DemoRandom(seed, 'payer-house', fact.house_code).normal() * HOUSE_EFFECT;
      const kind = kinds.get(fact.house_code.split('-')[0] ?? '') ?? '';
      const gumbel = -Math.log(-Math.log(Math.max(1e-12, random.next())));
      const score = certain.has(fact.account_id) ? 1_000 : Math.log(weightOf(fact, kind)) + house + gumbel;
      return { fact, score, habit: random.next(), stop: random.next(), span: random.next() };
    })
    .toSorted((a, b) => b.score - a.score || a.fact.account_id - b.fact.account_id);
  const limits = classLimits(ranked.length);
  return ranked
    .map(({ fact, habit, stop, span }, place): Payer => ({
      account: fact.account_id,
      kind: limits.find(([, last]) => place < last)?.[0] ?? 'on-time',
      habit,
      stopped: stop < 0.57 ? 37 + Math.floor(span * 30) : 13 + Math.floor(span * 22),
    }))
    .toSorted((a, b) => a.account - b.account);
}

function classLimits(count: number): readonly (readonly [PayerClass, number])[] {
  const court = Math.round(count * SHARES.court);
  const chronic = court + Math.round(count * SHARES.chronic);
  const late = chronic + Math.round(count * SHARES.late);
  const overpaid = count - Math.round(count * SHARES.overpaid);
  return [
    ['court', court],
    ['chronic', chronic],
    ['late', late],
    ['on-time', overpaid],
    ['overpaid', count],
  ];
}

function weightOf(fact: PayerFacts, kind: string): number {
  const poor = kind === 'dormitory' || fact.residents === 0 ? 2.2 : 1;
  const large = fact.residents >= 5 ? 1.6 : 1;
  return poor * large;
}
