import { type Calculated, Dec, DomainError, Money } from '@komplat/kernel';

/** Housing subsidy of a household, law.md 3.1 (CMU 848 of 21.10.1995). Sums of one month, in hryvnias. */
export interface SubsidyInput {
  readonly incomes: readonly Money[];
  readonly members: number;
  readonly costWithinNorms: Money;
  /** General subsistence minimum of one person on 1 January of the year. */
  readonly subsistenceMinimum: Money;
  /** Kg, 2. */
  readonly baseCoefficient: Dec;
  /** Rg, 15 %. */
  readonly baseSharePercent: Dec;
}
export interface Subsidy {
  readonly incomeTotal: Money;
  readonly incomePerPerson: Dec;
  readonly coefficient: Dec;
  readonly sharePercent: Dec;
  readonly obligatoryPayment: Money;
  readonly subsidy: Money;
}

const LAW = 'CMU 848 of 21.10.1995';
const DIGITS = 20;
const shown = (value: Dec): string => value.toSignificantDigits(DIGITS).toString();

/**
 * `Kd = income per person / minimum`, `Ro = Kd / Kg x Rg`, obligatory payment = Ro x income of the household, subsidy = what the cost
 * within norms exceeds it by. Rounded twice only: the obligatory payment and, being a difference, nothing else.
 */
export function subsidy(input: SubsidyInput): Calculated<Subsidy> {
  const { incomes, members, costWithinNorms, subsistenceMinimum, baseCoefficient, baseSharePercent } = input;
  if (members < 1) throw new DomainError('benefits.subsidy.no-members', { members });
  if (incomes.some((income) => income.isNegative()) || costWithinNorms.isNegative()) throw new DomainError('benefits.subsidy.negative', {});
  if (subsistenceMinimum.kop <= 0n || baseCoefficient.lte(0)) throw new DomainError('benefits.subsidy.parameters', {});
  const incomeTotal = Money.sum(incomes);
  const incomePerPerson = incomeTotal.toDecimal().div(members);
  const coefficient = incomePerPerson.div(subsistenceMinimum.toDecimal());
  const sharePercent = coefficient.div(baseCoefficient).times(baseSharePercent);
  const obligatory = incomeTotal.toDecimal().times(sharePercent).div(100);
  const obligatoryPayment = Money.round(obligatory);
  const rest = costWithinNorms.sub(obligatoryPayment);
  const awarded = rest.isNegative() ? Money.zero : rest;
  const step = (rule: string, base: string, rate: string, raw: string, amount = raw) =>
    ({ rule, law: LAW, base, rate, raw, rounding: 'none', amount, paramsVersion: '1' }) as const;
  return {
    value: { incomeTotal, incomePerPerson, coefficient, sharePercent, obligatoryPayment, subsidy: awarded },
    trace: [
      step('benefits.subsidy.income', incomes.map(String).join(' + '), `/ ${members}`, shown(incomePerPerson)),
      step('benefits.subsidy.coefficient', shown(incomePerPerson), `/ ${subsistenceMinimum.toString()}`, shown(coefficient)),
      step('benefits.subsidy.share', shown(coefficient), `/ ${baseCoefficient.toString()} × ${baseSharePercent.toString()} %`, shown(sharePercent)),
      {
        ...step('benefits.subsidy.obligatory', incomeTotal.toString(), `${shown(sharePercent)} %`, shown(obligatory), obligatoryPayment.toString()),
        rounding: 'half-away-0.01',
      },
      step('benefits.subsidy.result', costWithinNorms.toString(), `− ${obligatoryPayment.toString()}`, rest.toString(), awarded.toString()),
    ],
  };
}
