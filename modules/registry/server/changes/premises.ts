import { dec, DomainError } from '@komplat/kernel';
import type { ChangeOf } from '../../contract/change.schema.ts';
import type { ChangeWork } from './context.ts';
import { type DatedTable, type Piece, putDated, type Values } from './dated.ts';

const FACTS: DatedTable = {
  name: 'registry.premises_fact',
  key: ['premises_id'],
  values: ['total_area', 'heated_area', 'rooms', 'dwelling_type'],
};
const EQUIPMENT: DatedTable = { name: 'registry.equipment', key: ['premises_id', 'kind'], values: ['value'] };
const FIELDS = { total_area: 'total-area', heated_area: 'heated-area', rooms: 'rooms', dwelling_type: 'dwelling-type' };

/** Areas, rooms and type of the dwelling over a span; what is not named stays as it was. */
export async function changePremises(work: ChangeWork, change: ChangeOf<'premises'>): Promise<void> {
  const patch = patchOf(change);
  if (Object.keys(patch).length === 0) throw new DomainError('registry.change.nothing', {});
  if (typeof patch['total_area'] === 'string' && dec(patch['total_area']).lte(0)) throw new DomainError('registry.rule.area-zero', {});
  const span = work.span(change.from, change.to);
  const pieces = await putDated(work.tx, FACTS, work.premises, span, (old) => (old ? { ...old, ...patch } : null), work.why);
  if (pieces[0]?.from !== span.from) throw new DomainError('registry.change.no-base', { day: change.from });
  for (const piece of pieces) await checkFacts(work, piece);
  work.differences(FIELDS, null, pieces);
}

function patchOf({ totalArea, heatedArea, rooms, dwellingType }: ChangeOf<'premises'>): Values {
  const given = { total_area: area(totalArea), heated_area: area(heatedArea), rooms, dwelling_type: dwellingType };
  return Object.fromEntries(Object.entries(given).flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])));
}
const area = (text: string | undefined): string | undefined => (text === undefined ? undefined : dec(text).toFixed(2));

interface Limit {
  readonly warn: string;
  readonly refuse: string;
}

async function checkFacts(work: ChangeWork, { after, from }: Piece): Promise<void> {
  const total = dec(String(after?.['total_area'] ?? '0'));
  const heated = dec(String(after?.['heated_area'] ?? '0'));
  const rooms = Number(after?.['rooms'] ?? 1);
  if (heated.gt(total)) throw new DomainError('registry.rule.heated-over-total', { heated: heated.toFixed(2), total: total.toFixed(2) });
  const rules: readonly (readonly [string, string, ReturnType<typeof dec>])[] = [
    ['area-limit', `area.${work.account.premisesKind}`, total],
    ['area-per-room', 'area.per-room', total.div(rooms)],
  ];
  for (const [rule, code, value] of rules) {
    const limit = await limitOf(work, code, from);
    if (!limit) continue;
    const params = { value: value.toFixed(2), rooms };
    if (value.gt(limit.refuse)) throw new DomainError(`registry.rule.${rule}`, { ...params, limit: limit.refuse });
    if (value.gt(limit.warn)) work.note(rule, { ...params, limit: limit.warn });
  }
}

/** The limit of plausibility in force on a day. */
export async function limitOf(work: ChangeWork, code: string, day: string | null): Promise<Limit | undefined> {
  const [limit] = await work.tx.query<Limit>(
    'select warn::text, refuse::text from registry.rule_limit where code = $1 and valid @> coalesce($2::date, $3::date)',
    [code, day, work.today],
  );
  return limit;
}

/** One piece of equipment over a span: the dwelling's own beside what the house has. */
export async function changeEquipment(work: ChangeWork, change: ChangeOf<'equipment'>): Promise<void> {
  const { equipment, value } = change;
  const known = await work.tx.query('select 1 from registry.equipment_value where kind = $1 and value = $2', [equipment, value]);
  if (known.length === 0) throw new DomainError('registry.change.equipment-unknown', { equipment, value });
  const span = work.span(change.from, change.to);
  const key = { ...work.premises, kind: equipment };
  const pieces = await putDated(work.tx, EQUIPMENT, key, span, () => ({ value }), work.why);
  work.differences({ value: 'equipment' }, equipment, pieces);
}
