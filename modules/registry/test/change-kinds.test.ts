import { describe, expect, it } from '@jest/globals';
import { type AccountFacts, Change } from '../contract/index.ts';
import { CHANGE_KINDS, changeOf, fieldsOf, startOf, type Typed } from '../portal/parts/change-kinds.ts';

const TODAY = '2026-11-23';
const PERSON = '0190e000-0000-7000-8000-000000000001';
const facts: AccountFacts = {
  version: 1,
  asOf: TODAY,
  premises: { totalArea: '67.08', heatedArea: '65.00', rooms: 2, dwellingType: 'privatised' },
  equipment: [],
  equipmentValues: { stove: ['electric', 'gas'], bath: ['no', 'yes'] },
  persons: [
    { id: PERSON, surname: 'Коваленко', givenName: 'Іван', patronymic: 'Петрович', birthDate: '1970-05-01', diedOn: null, hasTaxNumber: true, holder: true, consents: [] },
  ],
  supplies: [
    {
      id: 7, service: 'CW', serviceName: 'Холодна вода', provider: 'P02', providerName: 'Водоканал', method: 'norm', variant: 'population', equipment: 'bath',
      dueDay: 20, from: '1997-01-01', to: null,
    },
  ],
  supplyGroups: [
    { service: 'CW', serviceName: 'Холодна вода', provider: 'P02', providerName: 'Водоканал', variant: 'population' },
    { service: 'WASTE', serviceName: 'Відходи', provider: 'P08', providerName: 'Чисте місто', variant: 'apartment' },
  ],
  normGroups: [{ service: 'CW', equipment: 'bath' }],
  residences: [{ personId: PERSON, kind: 'registered', from: '2015-01-01', to: null }],
  owners: [{ personId: PERSON, share: '1/1', document: null, from: '2015-01-01', to: null }],
  holders: [],
};
const build = (kind: (typeof CHANGE_KINDS)[number], typed: Typed = {}): ReturnType<typeof changeOf> =>
  changeOf(kind, facts, { ...startOf(kind, facts, TODAY), ...typed }, TODAY);

describe('the form of a change', () => {
  it('sends only what differs from the card, decimals with a comma too', () => {
    expect(build('premises', { totalArea: '70,5', to: '31.12' })).toEqual({
      kind: 'premises', totalArea: '70.5', from: TODAY, to: '2026-12-31',
    });
    expect(build('person', { surname: 'Шевченко' })).toEqual({ kind: 'person', personId: PERSON, surname: 'Шевченко', from: TODAY });
  });
  it('names the fields that are empty or wrong', () => {
    expect(build('premises', { from: '31.02.2026' })).toEqual(['from']);
    expect(build('premises', { totalArea: '70.123' })).toEqual(['totalArea']);
    expect(build('owner', { person: PERSON })).toEqual(['share']);
    expect(build('resident-add', { person: 'new', surname: 'Нова' })).toEqual(['givenName', 'patronymic', 'birthDate']);
  });
  it('makes every kind of change as the API takes it', () => {
    const typed: Typed = {
      person: PERSON, share: '1/2', lastDay: '20.11.2026', equipment: 'stove', surname: 'Інший', rooms: '3', contact: '050 123 45 67',
      dueDay: '15',
    };
    for (const kind of CHANGE_KINDS) {
      const built = build(kind, typed);
      expect([kind, Change.safeParse(built).success]).toEqual([kind, true]);
      expect(fieldsOf(kind, facts, typed).length).toBeGreaterThan(1);
    }
  });
  it('opens with the terms of the supply and sends what tariffs and norms are known by', () => {
    expect(build('supply-change', { dueDay: '25' })).toEqual({
      kind: 'supply-change', supplyId: 7, variant: 'population', method: 'norm', equipment: 'bath', dueDay: 25, from: TODAY,
    });
    expect(build('supply-add', { supply: 'WASTE/P08', method: 'per-person', dueDay: '20', contractNumber: '17/2026', signedOn: '20.11.2026' })).toEqual({
      kind: 'supply-add', service: 'WASTE', provider: 'P08', variant: 'apartment', method: 'per-person', dueDay: 20, from: TODAY,
      contract: { number: '17/2026', signedOn: '2026-11-20', kind: 'individual' },
    });
    expect(fieldsOf('supply-add', facts, { supply: 'CW/P02', method: 'area' }).map(({ name }) => name)).not.toContain('normGroup');
  });
  it('corrects the residence as it stands now', () => {
    expect(build('resident-dates', { from: '01.06.2015' })).toEqual({
      kind: 'resident-dates', personId: PERSON, was: '2015-01-01', residence: 'registered', from: '2015-06-01',
    });
  });
});
