import { shortCompany } from '@komplat/ui';
import { type AccountFacts, CONTRACT_KINDS, SUPPLY_METHODS } from '../../contract/index.ts';
import { type FieldDef, NO_GROUP, type Typed } from './change-kinds.ts';

type SupplyKind = 'supply-add' | 'supply-change' | 'supply-end';
type Supply = AccountFacts['supplies'][number];
/** Methods that charge by a group of norms. */
const BY_NORM = new Set(['norm', 'meter', 'per-person']);
const dayField = (name: string, optional = false): FieldDef => ({ name, type: 'day', optional });
const nameOf = ({ serviceName, providerName }: { serviceName: string; providerName: string }): string => `${serviceName}, ${shortCompany(providerName)}`;
const chosenSupply = (facts: AccountFacts, id: string | undefined): Supply | undefined => facts.supplies.find((one) => String(one.id) === id) ?? facts.supplies[0];

/** A contract that is there already; without its number the supply begins without one. */
const CONTRACT: readonly FieldDef[] = [
  { name: 'contractNumber', type: 'text', optional: true },
  dayField('signedOn', true),
  { name: 'contractKind', type: 'select', options: CONTRACT_KINDS },
];

/** Fields of a supply that begins, changes or ends, with the choices that tariffs and norms give. */
export function supplyFieldsOf(kind: SupplyKind, facts: AccountFacts, typed: Typed): readonly FieldDef[] {
  const supplies = new Map(facts.supplies.map((one) => [String(one.id), nameOf(one)]));
  const which: FieldDef = { name: 'supplyId', type: 'select', options: [...supplies.keys()], labels: supplies };
  if (kind === 'supply-end') return [which, dayField('lastDay')];
  const pairs = new Map(facts.supplyGroups.map((one) => [`${one.service}/${one.provider}`, nameOf(one)]));
  const supply = kind === 'supply-change' ? chosenSupply(facts, typed['supplyId']) : undefined;
  const pair = supply ? `${supply.service}/${supply.provider}` : (typed['supply'] ?? pairs.keys().next().value ?? '');
  const [service] = pair.split('/');
  const variants = facts.supplyGroups.filter((one) => `${one.service}/${one.provider}` === pair).map(({ variant }) => variant);
  const norms = facts.normGroups.filter((one) => one.service === service).map(({ equipment }) => equipment);
  const method = typed['method'] ?? SUPPLY_METHODS[0];
  return [
    kind === 'supply-change' ? which : { name: 'supply', type: 'select', options: [...pairs.keys()], labels: pairs },
    { name: 'variant', type: 'select', groups: true, options: [...new Set(supply ? [...variants, supply.variant] : variants)] },
    { name: 'method', type: 'select', options: SUPPLY_METHODS },
    ...(BY_NORM.has(method) && norms.length > 0 ? [{ name: 'normGroup', type: 'select' as const, groups: true, options: [NO_GROUP, ...norms] }] : []),
    { name: 'dueDay', type: 'number' },
    ...(kind === 'supply-add' ? CONTRACT : []),
    dayField('from'),
    dayField('to', true),
  ];
}

/** What stands in the form of a changed supply when it opens. */
export function startOfSupply(facts: AccountFacts, id: string | undefined): Typed {
  const supply = chosenSupply(facts, id);
  if (!supply) return {};
  return { supplyId: String(supply.id), variant: supply.variant, method: supply.method, normGroup: supply.equipment ?? NO_GROUP, dueDay: String(supply.dueDay) };
}

/** The change of a supply as the API takes it. */
export function shapeSupply(kind: SupplyKind, facts: AccountFacts, given: Readonly<Record<string, string>>): object {
  const { supplyId, supply = '', variant, method, normGroup = NO_GROUP, dueDay, from, to, lastDay, contractNumber, signedOn, contractKind } = given;
  if (kind === 'supply-end') return { kind, supplyId: Number(supplyId), lastDay };
  const terms = { variant, method, dueDay: Number(dueDay), ...(normGroup === NO_GROUP ? {} : { equipment: normGroup }), from, ...(to ? { to } : {}) };
  if (kind === 'supply-add') {
    const [service, provider] = supply.split('/');
    const contract = contractNumber ? { contract: { number: contractNumber, signedOn, kind: contractKind } } : {};
    return { kind, service, provider, ...terms, ...contract };
  }
  return { kind, supplyId: Number(supplyId), ...terms };
}
