import { parseDay } from '@komplat/ui';
import { shapeSupply, startOfSupply, supplyFieldsOf } from './supply-kinds.ts';
import { type AccountFacts, Change } from '../../contract/index.ts';

/** Values of a form as typed, by the name of the field. */
export type Typed = Readonly<Record<string, string>>;
export interface FieldDef {
  readonly name: string;
  readonly type: 'text' | 'number' | 'day' | 'select';
  readonly optional?: boolean;
  /** Values of a choice; their words are `registry.ui.choice.<name>.<value>` unless `labels` names them. */
  readonly options?: readonly string[];
  readonly labels?: ReadonlyMap<string, string>;
  /** Values are groups of tariffs or norms, which have words of their own. */
  readonly groups?: boolean;
}
export const CHANGE_KINDS = [
  'premises', 'equipment', 'resident-add', 'resident-end', 'resident-dates', 'holder', 'owner', 'owner-end', 'person', 'consent', 'contact', 'contact-end', 'supply-add',
  'supply-change', 'supply-end',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const NEW = 'new';
export const NO_GROUP = 'none';
const day = (name: string, optional = false): FieldDef => ({ name, type: 'day', optional });
const SPAN = [day('from'), day('to', true)];
const CHANNEL: FieldDef = { name: 'channel', type: 'select', options: ['phone', 'phone-2', 'email'] };
const DWELLINGS = ['privatised', 'state', 'cooperative', 'service', 'private', 'communal', 'dormitory'];
export const NEW_PERSON: readonly FieldDef[] = [
  { name: 'surname', type: 'text' },
  { name: 'givenName', type: 'text' },
  { name: 'patronymic', type: 'text' },
  { name: 'sex', type: 'select', options: ['f', 'm'] },
  day('birthDate'),
  { name: 'taxNumber', type: 'text', optional: true },
];

export const fullName = (person: { surname: string; givenName: string; patronymic: string }): string =>
  `${person.surname} ${person.givenName} ${person.patronymic}`;
const namesOf = (facts: AccountFacts): ReadonlyMap<string, string> => new Map(facts.persons.map((person) => [person.id, fullName(person)]));

/** The fields of a change, with the choices that the card gives. */
export function fieldsOf(kind: ChangeKind, facts: AccountFacts, typed: Typed): readonly FieldDef[] {
  const labels = namesOf(facts);
  const among = (ids: readonly string[]): FieldDef => ({ name: 'personId', type: 'select', options: [...new Set(ids)], labels });
  const anyone: FieldDef = { name: 'person', type: 'select', options: [NEW, ...labels.keys()], labels };
  const who = [anyone, ...((typed['person'] ?? NEW) === NEW ? NEW_PERSON : [])];
  const equipment = typed['equipment'] ?? 'stove';
  switch (kind) {
    case 'premises':
      return [
        { name: 'totalArea', type: 'number' }, { name: 'heatedArea', type: 'number' }, { name: 'rooms', type: 'number' },
        { name: 'dwellingType', type: 'select', options: DWELLINGS }, ...SPAN,
      ];
    case 'equipment':
      return [
        { name: 'equipment', type: 'select', options: Object.keys(facts.equipmentValues) },
        { name: 'value', type: 'select', options: facts.equipmentValues[equipment] ?? [] }, ...SPAN,
      ];
    case 'resident-add':
      return [...who, { name: 'residence', type: 'select', options: ['registered', 'temporary'] }, ...SPAN];
    case 'resident-end':
      return [
        among(facts.residences.filter(({ to }) => to === null).map(({ personId }) => personId)), day('lastDay'),
        { name: 'why', type: 'select', options: ['departure', 'death', 'court', 'mistake'] },
      ];
    case 'resident-dates':
      return [
        among(facts.residences.map(({ personId }) => personId)),
        { name: 'residence', type: 'select', options: ['registered', 'temporary'] }, ...SPAN,
      ];
    case 'holder':
      return [...who, day('from')];
    case 'owner':
      return [...who, { name: 'share', type: 'text' }, ...SPAN];
    case 'owner-end':
      return [among(facts.owners.filter(({ to }) => to === null).map(({ personId }) => personId)), day('lastDay')];
    case 'person':
      return [
        among([...labels.keys()]), { name: 'surname', type: 'text' }, { name: 'givenName', type: 'text' }, { name: 'patronymic', type: 'text' },
        day('birthDate', true), { name: 'taxNumber', type: 'text', optional: true }, day('diedOn', true), day('from'),
      ];
    case 'consent':
      return [
        among([...labels.keys()]), { name: 'purpose', type: 'select', options: ['sms', 'email', 'call', 'post', 'personal-data'] },
        { name: 'given', type: 'select', options: ['yes', 'no'] }, day('from'),
      ];
    case 'contact':
      return [among([...labels.keys()]), CHANNEL, { name: 'contact', type: 'text' }, ...SPAN];
    case 'contact-end':
      return [among([...labels.keys()]), CHANNEL, day('lastDay')];
    case 'supply-add':
    case 'supply-change':
    case 'supply-end':
      return supplyFieldsOf(kind, facts, typed);
  }
}

/** What stands in the form when it opens: the values of today, of the chosen person or supply. */
export function startOf(kind: ChangeKind, facts: AccountFacts, today: string, chosen?: string): Typed {
  const shown = `${today.slice(8)}.${today.slice(5, 7)}.${today.slice(0, 4)}`;
  const first = kind === 'premises' ? facts.premises : null;
  const person = facts.persons.find(({ id }) => id === chosen) ?? facts.persons[0];
  return {
    from: shown,
    ...(first ? { ...first, rooms: String(first.rooms) } : {}),
    ...(kind === 'person' && person
      ? { personId: person.id, surname: person.surname, givenName: person.givenName, patronymic: person.patronymic }
      : {}),
    ...(kind === 'supply-change' ? startOfSupply(facts, chosen) : {}),
  };
}

/** What was typed as the API takes it, and the names of the fields that are empty or wrong. */
export function readTyped(fields: readonly FieldDef[], typed: Typed, today: string): { values: Record<string, string>; missing: readonly string[] } {
  const valueOf = ({ name, type, options }: FieldDef): string => {
    const text = (typed[name] ?? (type === 'select' ? (options?.[0] ?? '') : '')).trim();
    if (type === 'day') return text === '' ? '' : (parseDay(text, today) ?? '?');
    return type === 'number' ? text.replaceAll(/\s/g, '').replace(',', '.') : text;
  };
  const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
  const missing = fields.filter(({ name, optional }) => values[name] === '?' || (values[name] === '' && !optional)).map(({ name }) => name);
  return { values, missing };
}

/** The change as the API takes it, or the names of the fields that are empty or wrong. */
export function changeOf(kind: ChangeKind, facts: AccountFacts, typed: Typed, today: string): Change | readonly string[] {
  const { values, missing } = readTyped(fieldsOf(kind, facts, typed), typed, today);
  if (missing.length > 0) return missing;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const parsed = Change.safeParse(shape(kind, facts, given));
  return parsed.success ? parsed.data : [...new Set(parsed.error.issues.map(({ path }) => String(path.at(-1))))];
}

const spanOf = ({ from, to }: Record<string, string>): object => ({ from, ...(to ? { to } : {}) });

function shape(kind: ChangeKind, facts: AccountFacts, given: Record<string, string>): object {
  const { person, surname, givenName, patronymic, sex, birthDate, taxNumber, ...rest } = given;
  const named = { surname, givenName, patronymic, birthDate, ...(taxNumber ? { taxNumber } : {}) };
  const who = person === NEW ? { person: { ...named, sex } } : { person: { id: person } };
  const built: Record<string, unknown> = { kind, ...rest };
  if (kind === 'premises' && facts.premises) {
    const { premises } = facts;
    for (const [name, was] of Object.entries(premises)) if (String(was) === given[name]) delete built[name];
    if (built['rooms'] !== undefined) built['rooms'] = Number(built['rooms']);
  }
  if (kind === 'resident-add' || kind === 'holder' || kind === 'owner') Object.assign(built, who);
  if (kind === 'resident-dates') {
    built['was'] = facts.residences.findLast(({ personId }) => personId === given['personId'])?.from ?? given['from'];
  }
  if (kind === 'person') {
    const now = facts.persons.find(({ id }) => id === given['personId']);
    const changed = Object.entries(named).filter(([name, value]) => value && value !== (now && name in now ? Reflect.get(now, name) : undefined));
    Object.assign(built, Object.fromEntries(changed));
  }
  if (kind === 'consent') built['given'] = given['given'] === 'yes';
  if (kind === 'contact') return { kind, personId: given['personId'], channel: given['channel'], value: given['contact'], ...spanOf(given) };
  if (kind === 'supply-add' || kind === 'supply-change' || kind === 'supply-end') return shapeSupply(kind, facts, given);
  return built;
}
