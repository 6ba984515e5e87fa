import type { Period } from '@komplat/kernel';
import type { TraceInput, TraceStep } from '../../contract/trace.schema.ts';
import { type ChargeFacts, type Recomputed, reliefOf } from '../../domain/index.ts';
import { basisSteps, houseStep, reductionStep } from './trace-basis.ts';
import { hryvnias, words } from './trace-words.ts';

export { hryvnias } from './trace-words.ts';

/** What the trace says about one stored row of the mass accrual. */
export interface StoredAccrual {
  readonly version: number;
  readonly method: string;
  readonly quantity: string;
  readonly unit: string;
  readonly net_kop: bigint;
  readonly persons: number | null;
  readonly person_days: number | null;
  readonly area: string | null;
}
const METHOD_LAW: Readonly<Record<string, string>> = {
  area: 'ЗУ 2189-VIII від 09.11.2017, ст. 10',
  'heated-area': 'ПКМУ 830 від 21.08.2019',
  meter: 'ЗУ 2119-VIII від 22.06.2017, ст. 9',
  norm: 'ПКМУ 690 від 05.07.2019',
  'per-person': 'ЗУ 2320-IX від 20.06.2022, ст. 24',
  fixed: 'ПКМУ 808 від 21.08.2019',
  linked: 'ПКМУ 690 від 05.07.2019',
};

/** A computed charge, the unit of its service, and names of categories of benefits by their codes. */
interface Shown {
  readonly result: Recomputed;
  readonly unit: string;
  readonly names: ReadonlyMap<string, string>;
}

/** Steps of a charge: how much was used (also where no meter was read), and what it costs. */
export function chargeSteps(period: Period, facts: ChargeFacts, { result, unit, names }: Shown): TraceStep[] {
  const volume = basisSteps(period, facts, result, unit) ?? [quantityStep(period, facts, result, unit)];
  return [
    ...volume,
    ...houseStep(facts, result, unit),
    amountStep(result, unit),
    ...reductionStep(result),
    ...reliefSteps(period, facts, { result, unit, names }),
  ];
}

function quantityStep(period: Period, facts: ChargeFacts, result: Recomputed, unit: string): TraceStep {
  const quantity = result.quantity.text(6);
  const law = METHOD_LAW[facts.method];
  const { formula, inputs } = quantityParts(period, facts, result, unit);
  const isVolume = facts.method === 'meter' || facts.method === 'norm' || facts.method === 'linked';
  return {
    label: words(`quantity.${facts.method}`),
    formula,
    inputs,
    result: quantity,
    unit,
    rounding: isVolume ? `half-away-${(10 ** -facts.scale).toFixed(facts.scale)}` : 'none',
    ...(law ? { law } : {}),
  };
}

function quantityParts(
  period: Period,
  facts: ChargeFacts,
  result: Recomputed,
  unit: string,
): { formula: string; inputs: TraceInput[] } {
  const share = result.days === period.days ? '' : ` × ${result.days}/${period.days}`;
  switch (facts.method) {
    case 'meter':
      return {
        formula: shared(
          facts,
          result,
          facts.meters.map((meter) => `${meter.current ?? '?'} − ${meter.previous ?? meter.initial}`).join(' + '),
        ),
        inputs: facts.meters.flatMap((meter) => [
          { name: words('input.reading-before'), value: meter.previous ?? meter.initial, unit },
          { name: words('input.reading-now'), value: meter.current ?? '', unit },
        ]),
      };
    case 'norm': {
      const norms = facts.norms.map((norm) => norm.value).join('; ');
      return {
        formula: `${norms} × ${result.personDays}/${period.days}`,
        inputs: [
          { name: words('input.norm'), value: norms, unit },
          { name: words('input.person-days'), value: String(result.personDays), unit: '' },
          { name: words('input.days'), value: String(period.days), unit: '' },
        ],
      };
    }
    case 'per-person':
      return {
        formula: `${result.personDays}/${period.days}`,
        inputs: [
          { name: words('input.person-days'), value: String(result.personDays), unit: '' },
          { name: words('input.days'), value: String(period.days), unit: '' },
        ],
      };
    case 'linked':
      return {
        formula: result.linked.map((part) => part.text(facts.scale)).join(' + '),
        inputs: result.linked.map((part) => ({ name: words('input.linked'), value: part.text(facts.scale), unit })),
      };
    case 'fixed':
      return { formula: `1${share}`, inputs: [] };
    default: {
      const areas = facts.areas.map((area) => (facts.method === 'area' ? area.total : area.heated)).join('; ');
      return {
        formula: `${areas}${share}`,
        inputs: [{ name: words(`input.${facts.method}`), value: areas, unit: 'м²' }],
      };
    }
  }
}

/** One volume that several supplies of the month divide by their days. */
const shared = ({ share }: ChargeFacts, { days }: Recomputed, formula: string): string =>
  share ? `(${formula}) × ${days}/${share.total}` : formula;

function amountStep(result: Recomputed, unit: string): TraceStep {
  return {
    label: words('amount'),
    formula: result.parts.map((part) => `${part.quantity.text(6)} × ${trimmed(part.price)}`).join(' + '),
    inputs: result.parts.flatMap((part) => [
      { name: words('input.quantity-of-days', { days: part.days }), value: part.quantity.text(6), unit },
      { name: words('input.tariff'), value: trimmed(part.price), unit: 'грн' },
    ]),
    result: hryvnias(result.reduction?.fullKop ?? result.kop),
    unit: 'грн',
    rounding: 'half-away-0.01',
  };
}

/** What benefits take off the bill of this charge: an entry of its own beside the charge. */
function reliefSteps(period: Period, facts: ChargeFacts, { result, unit, names }: Shown): TraceStep[] {
  return reliefOf(period, facts, result).parts.map((part) => ({
    label: words('relief', { category: names.get(part.category) ?? part.category }),
    formula: `${part.volume.text(6)} × ${part.price.text(6)} × ${trimmed(part.percent)} %`,
    inputs: [
      { name: words('input.relief-volume', { days: part.days }), value: part.volume.text(6), unit },
      { name: words('input.relief-persons'), value: `${part.covered}/${part.persons}`, unit: '' },
      { name: words('input.tariff'), value: part.price.text(6), unit: 'грн' },
      { name: words('input.relief-percent'), value: trimmed(part.percent), unit: '%' },
    ],
    result: hryvnias(-part.kop),
    unit: 'грн',
    rounding: 'half-away-0.01',
    law: 'ЗУ 3551-XII від 22.10.1993, ст. 12-16',
  }));
}

const trimmed = (price: string): string => (price.includes('.') ? price.replace(/0+$/, '').replace(/\.$/, '') : price);
/** A month that is owed or paid, or an advance (then `month` is null). */
export const partName = (month: string | null, service: string, provider: string): TraceInput['name'] =>
  month === null
    ? words('input.advance', { service, provider })
    : words('input.debt', { month: month.slice(0, 7), service, provider });
