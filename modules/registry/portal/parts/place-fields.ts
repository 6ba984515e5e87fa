import { DWELLING_TYPES, HOUSE_KINDS, HOUSE_VALUES, type HouseView, STREET_TYPES } from '../../contract/index.ts';
import type { FieldDef, Typed } from './change-kinds.ts';
import { NEW, NEW_PERSON } from './change-kinds.ts';

const text = (name: string): FieldDef => ({ name, type: 'text' });
const number = (name: string): FieldDef => ({ name, type: 'number' });
const day = (name: string): FieldDef => ({ name, type: 'day' });
const select = (name: string, options: readonly string[]): FieldDef => ({ name, type: 'select', options });
const YES_NO = ['no', 'yes'];
const COUNTS = ['floors', 'entrances', 'flats', 'yearBuilt', 'firstFlat', 'lastFlat', 'number', 'district', 'rooms', 'floor'];
const AREAS = ['flatsArea', 'nonResidentialArea', 'commonArea'];

export const STREET_FIELDS: readonly FieldDef[] = [select('streetType', Object.keys(STREET_TYPES)), text('name'), day('from'), text('act')];
export const PASSPORT_FIELDS: readonly FieldDef[] = [
  select('houseKind', HOUSE_KINDS), number('floors'), number('entrances'), number('flats'), ...AREAS.map(number), select('lift', YES_NO),
  select('heating', HOUSE_VALUES.heating), select('hotWater', HOUSE_VALUES.hotWater), select('sewer', HOUSE_VALUES.sewer),
  select('stove', HOUSE_VALUES.stove), text('postcode'),
];
export const HOUSE_FIELDS: readonly FieldDef[] = [text('houseNumber'), number('yearBuilt'), ...PASSPORT_FIELDS];
export const ENTRANCE_FIELDS: readonly FieldDef[] = [number('number'), number('firstFlat'), number('lastFlat'), select('lift', YES_NO), day('from')];

const DWELLING: readonly FieldDef[] = [
  text('flatNumber'), select('dwellingKind', ['flat', 'room', 'house']), { ...number('floor'), optional: true }, number('totalArea'), number('heatedArea'), number('rooms'),
  select('dwellingType', DWELLING_TYPES),
];
/** Opening an account: a dwelling of the house without one, or a new dwelling; the holder is a new person. */
export function openingFields({ premises }: HouseView, typed: Typed): readonly FieldDef[] {
  const free = premises.filter(({ account }) => account === null);
  const dwelling: FieldDef = {
    name: 'dwelling', type: 'select', options: [NEW, ...free.map(({ id }) => String(id))], labels: new Map(free.map(({ id, number: flat }) => [String(id), flat])),
  };
  return [dwelling, ...((typed['dwelling'] ?? NEW) === NEW ? DWELLING : []), ...NEW_PERSON, day('on')];
}

type Given = Readonly<Record<string, string>>;
/** Counts become numbers, yes and no become truth, names of the form become names of the API. */
function typedAs(given: Given, names: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [names[name] ?? name, COUNTS.includes(name) ? Number(value) : name === 'lift' ? value === 'yes' : value]),
  );
}
export const streetBody = (given: Given): object => typedAs(given, { streetType: 'type' });
export const houseBody = (given: Given): object => typedAs(given, { houseKind: 'kind', houseNumber: 'number' });
export function openingBody(houseId: number, given: Given): object {
  const { dwelling = NEW, surname, givenName, patronymic, sex, birthDate, taxNumber, on, ...place } = given;
  const holder = { surname, givenName, patronymic, sex, birthDate, ...(taxNumber ? { taxNumber } : {}) };
  const made = { houseId, floor: null, ...typedAs(place, { flatNumber: 'number', dwellingKind: 'kind' }) };
  return { premises: dwelling === NEW ? made : { id: Number(dwelling) }, holder, on };
}

/** The passport of today as it stands in the form. */
export const passportTyped = ({ kind, lift, ...rest }: HouseView['passport']): Typed => ({
  houseKind: kind, lift: lift ? 'yes' : 'no', ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
});
