import type { Period } from '@komplat/kernel';
import type { TraceStep } from '../../contract/trace.schema.ts';
import { Ratio, ZERO, type ChargeFacts, type Estimate, type Recomputed } from '../../domain/index.ts';
import { hryvnias, markWords, words } from './trace-words.ts';

const WATER_RULES = 'ПКМУ 690 від 05.07.2019';
const HOUSE_LAW = 'Методика, наказ Мінрегіону 315 від 22.11.2018';

/** Steps of a volume without a reading, or of the one that makes up for it; undefined when a plain reading stands behind it. */
export function basisSteps(
  period: Period,
  facts: ChargeFacts,
  result: Recomputed,
  unit: string,
): TraceStep[] | undefined {
  const { estimate, basis } = result;
  if (!estimate) return basis === 'house-meter' ? [] : undefined;
  const common = { unit, rounding: `half-away-${(10 ** -facts.scale).toFixed(facts.scale)}`, law: WATER_RULES };
  const charged = estimate.charged.text(facts.scale);
  if (basis === 'true-up') return [{ ...common, ...trueUp(facts, estimate, unit), result: charged }];
  if (basis === 'norm') return [{ ...common, ...byNorm(period, facts, result, estimate), result: charged }];
  return [{ ...common, ...byAverage(period, facts, result, estimate), result: charged }];
}

type Parts = Pick<TraceStep, 'label' | 'formula' | 'inputs' | 'mark'>;

function trueUp(facts: ChargeFacts, { known, aheadBefore, charged }: Estimate, unit: string): Parts {
  const rest = known.minus(aheadBefore);
  const left = charged.minus(rest);
  return {
    label: words('quantity.true-up'),
    formula: `${left.isZero() ? '' : 'max(0; '}${known.text(facts.scale)} − ${aheadBefore.text(facts.scale)}${left.isZero() ? '' : ')'}`,
    inputs: [
      { name: words('input.known'), value: known.text(facts.scale), unit },
      { name: words('input.ahead'), value: aheadBefore.text(facts.scale), unit },
      ...(left.isZero() ? [] : [{ name: words('input.ahead-left'), value: left.text(facts.scale), unit }]),
    ],
    mark: markWords('proposal'),
  };
}

function byAverage(period: Period, facts: ChargeFacts, result: Recomputed, { months, average }: Estimate): Parts {
  const total = (average?.total ?? ZERO).text(facts.scale);
  const span = String(average?.span ?? 0);
  const share = result.days === period.days ? '' : ` × ${result.days}/${period.days}`;
  return {
    label: words('quantity.average', { months, limit: facts.gap?.averageLimit ?? 0 }),
    formula: `${total} / ${span}${share}`,
    inputs: [
      { name: words('input.window-total'), value: total, unit: '' },
      { name: words('input.window-months'), value: span, unit: '' },
      { name: words('input.without-reading'), value: String(months), unit: '' },
    ],
    mark: markWords('general knowledge'),
  };
}

function byNorm(period: Period, facts: ChargeFacts, result: Recomputed, { months }: Estimate): Parts {
  const norms = facts.norms.map((norm) => norm.value).join('; ');
  return {
    label: words('quantity.norm-instead', { months }),
    formula: `${norms} × ${result.personDays}/${period.days}`,
    inputs: [
      { name: words('input.norm'), value: norms, unit: '' },
      { name: words('input.person-days'), value: String(result.personDays), unit: '' },
      { name: words('input.without-reading'), value: String(months), unit: '' },
    ],
    mark: markWords('general knowledge'),
  };
}

/** What the act of the house meter adds, or gives instead of an own meter. */
export function houseStep({ house, scale }: ChargeFacts, result: Recomputed, unit: string): TraceStep[] {
  if (!house) return [];
  const needs = Ratio.parse(house.needs);
  const own = result.quantity.minus(needs);
  return [
    {
      label: words('quantity.house', { act: house.act }),
      formula: `${own.text(scale)} + ${needs.text(scale)}`,
      inputs: [
        { name: words(result.basis === 'house-meter' ? 'input.house-own' : 'input.own'), value: own.text(scale), unit },
        { name: words('input.house-needs'), value: needs.text(scale), unit },
      ],
      result: result.quantity.text(scale),
      unit,
      rounding: 'none',
      law: HOUSE_LAW,
    },
  ];
}

/** What acts of quality and non-delivery take off the charge. */
export function reductionStep({ reduction }: Recomputed): TraceStep[] {
  if (!reduction) return [];
  const { fullKop, kop, percent, acts } = reduction;
  const full = hryvnias(fullKop);
  return [
    {
      label: words('reduction'),
      formula: `${full} − ${full} × ${percent.text(3)} / 100`,
      inputs: [
        ...acts.map(({ number, days }) => ({
          name: words('input.act', { act: number }),
          value: String(days),
          unit: '',
        })),
        { name: words('input.reduction'), value: hryvnias(kop), unit: 'грн' },
      ],
      result: hryvnias(fullKop - kop),
      unit: 'грн',
      rounding: 'half-away-0.01',
      law: 'ЗУ 2189-VIII від 09.11.2017, ст. 26 ч. 2; ПКМУ 151 від 17.02.2010',
      mark: markWords('needs a lawyer'),
    },
  ];
}
