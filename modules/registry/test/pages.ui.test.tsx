/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { draw, faultsOf, placeOf, type Drawn, type PageLocale, wordless } from '@komplat/testing/pages';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ComponentType } from 'react';
import type {
  AccountFacts, ChangePreview, FindingList, FindingSummary, HouseItem, HouseView, Lineage, ProposalView, StreetItem, SupplyContracts,
} from '../contract/index.ts';
import { Page as ChangePage } from '../portal/pages/account-change.page.tsx';
import { Page as HistoryPage } from '../portal/pages/account-history.page.tsx';
import { Page as ManagePage } from '../portal/pages/account-manage.page.tsx';
import { Page as FindingsPage } from '../portal/pages/findings.page.tsx';
import { Page as HousePage } from '../portal/pages/house.page.tsx';
import { Page as HousesPage } from '../portal/pages/houses.page.tsx';
import { Page as ProposalPage } from '../portal/pages/proposal.page.tsx';
import { Slot as FindingsPart } from '../portal/slots/account-findings.slot.tsx';
import { Slot as OwnersPart } from '../portal/slots/account-owners.slot.tsx';
import { Slot as ContractsPart } from '../portal/slots/account-contracts.slot.tsx';
import { Page as StreetsPage } from '../portal/pages/streets.page.tsx';
import { Page as ProposalsPage } from '../portal/pages/proposals.page.tsx';

afterEach(cleanup);

const NUMBER = '0100000017';
const [IVAN, OLHA] = ['0190e000-0000-7000-8000-000000000001', '0190e000-0000-7000-8000-000000000002'];
const AT = '2026-11-20T10:00:00.000Z';
const person = (id: string, surname: string) => ({
  id, surname, givenName: 'Іван', patronymic: 'Петрович', birthDate: '1970-05-01', diedOn: null, hasTaxNumber: true, holder: id === IVAN, consents: [],
});
const FACTS: AccountFacts = {
  version: 3,
  asOf: '2026-11-23',
  premises: { totalArea: '67.08', heatedArea: '65.00', rooms: 2, dwellingType: 'privatised' },
  equipment: [],
  equipmentValues: { stove: ['electric', 'gas', 'none'], bath: ['no', 'yes'] },
  persons: [person(IVAN, 'Коваленко'), person(OLHA, 'Сусід')],
  supplies: [
    {
      id: 7, service: 'CW', serviceName: 'Холодна вода', provider: 'P02', providerName: 'КП «Водоканал»', method: 'meter', variant: 'population', equipment: null,
      dueDay: 20, from: '1997-01-01', to: null,
    },
  ],
  supplyGroups: [{ service: 'CW', serviceName: 'Холодна вода', provider: 'P02', providerName: 'КП «Водоканал»', variant: 'population' }],
  normGroups: [{ service: 'CW', equipment: 'bath' }],
  residences: [{ personId: IVAN, kind: 'registered', from: '2015-01-01', to: null }],
  owners: [{ personId: IVAN, share: '1/2', document: null, from: '2015-01-01', to: null }],
  holders: [{ personId: IVAN, from: '2015-01-01', to: null }],
};
const ITEM = { field: 'total-area', subject: null, from: '2026-03-01', to: null, before: '67.08', after: '70.50' };
const PREVIEW: ChangePreview = {
  items: [ITEM, { field: 'residence', subject: 'Коваленко Іван Петрович', from: '2026-11-21', to: '2026-11-30', before: 'registered', after: null }],
  notes: [{ rule: 'area-limit', params: { value: '250.00', limit: '200', rooms: 2 } }],
  backdated: true,
  allowed: true,
  money: {
    available: true,
    effects: [{ month: '2026-10', service: 'HEAT', serviceName: 'Опалення', provider: 'P02', providerName: 'ТКЕ', before: '1200.00', after: '1261.10' }],
    difference: '61.10',
  },
};
const PROPOSAL: ProposalView = {
  id: IVAN, account: NUMBER, address: 'вул. Соборна, 12а, кв. 1', side: 'desk', state: 'waiting', fields: ['total-area'], reason: 'абонент показав техпаспорт',
  document: 'техпаспорт', proposedBy: 'cashier', proposedAt: AT, dueAt: AT, overdue: true, escalated: false, decidedBy: null, decidedAt: null, decisionReason: null,
  items: [ITEM], preview: PREVIEW, stale: null, mayDecide: true, mayWithdraw: false, whyNot: null, process: 'registry.correction-approval/1',
};
const FINDINGS: FindingList = {
  items: [
    {
      id: '7', check: 'registry.area-large', title: 'registry.check.area-large', severity: 'warns', subject: `account/${NUMBER}`, account: NUMBER,
      address: 'вул. Соборна, 12а, кв. 1', params: { area: 250 }, state: 'open', assignedTo: null, note: null, firstSeen: AT, lastSeen: AT, resolvedAt: null,
    },
  ],
  next: null,
  totals: { count: 1, sums: {} },
};
const SUMMARY: FindingSummary = {
  bySeverity: { warns: 1 },
  byCheck: [{ check: 'registry.area-large', title: 'registry.check.area-large', severity: 'warns', open: 1 }],
  mine: 0,
  unassigned: 1,
  trend: [{ day: '2026-11-22', open: 4, fresh: 0, gone: 0 }, { day: '2026-11-23', open: 1, fresh: 0, gone: 3 }],
  lastRun: { at: AT, seconds: 1.5, accounts: 3000, checks: 70, failed: [] },
};
const event = { account: NUMBER, other: null, oldNumber: null, newNumber: null, on: '2026-11-22', balance: '0.00', at: AT, actor: 'chief', reason: 'рішення', document: null };
const LINEAGE: Lineage = {
  current: '0100000025',
  items: [{ ...event, kind: 'merge', other: '0100000025' }, { ...event, kind: 'renumber', oldNumber: NUMBER, newNumber: '0100000033' }],
};
const HISTORY = {
  items: [{ ...ITEM, id: '5', at: AT, actor: 'clerk', reason: 'заява абонента', document: 'акт № 7', proposal: IVAN }],
  next: null,
};
const CONTRACTS: SupplyContracts = {
  version: 1,
  items: [
    {
      supplyId: 1, service: 'Опалення', provider: 'ТКЕ', number: '17/2024', signedOn: '2024-05-01', kind: 'individual', penaltyRate: null, dueDay: 20,
      from: '2024-05-01', to: null,
    },
  ],
};
const STREET: StreetItem = {
  id: 1, code: 'S001', district: 1, name: 'вул. Соборна', houses: 2,
  names: [
    { name: 'вул. Соборна', from: '2016-02-19', to: null, act: '41-р' },
    { name: 'вул. Леніна', from: null, to: '2016-02-18', act: null },
  ],
};
const HOUSE_ROW: HouseItem = {
  id: 1, code: 'H0001', address: 'вул. Соборна, 12а', oldStreet: 'вул. Леніна', kind: 'apartment_5', district: 1, flats: 40, accounts: 39,
};
const HOUSE: HouseView = {
  id: 1, code: 'H0001', address: 'вул. Соборна, 12а', yearBuilt: 1974,
  passport: {
    kind: 'apartment_5', floors: 5, entrances: 2, flats: 40, flatsArea: '1900.00', nonResidentialArea: '0.00', commonArea: '180.50', lift: false,
    heating: 'central', hotWater: 'yes', sewer: 'central', stove: 'gas', postcode: '06101',
  },
  entrances: [{ number: 1, firstFlat: 1, lastFlat: 20, lift: false, from: '2026-11-01' }],
  history: [
    { from: '2026-11-10', to: null, reason: 'технічний паспорт', recordedBy: 'clerk', recordedAt: AT, floors: 5, flats: 40, flatsArea: '1900.00', heating: 'central', lift: false },
  ],
  premises: [
    { id: 1, number: '1', kind: 'flat', floor: 1, area: '67.08', account: NUMBER },
    { id: 2, number: '2', kind: 'flat', floor: 1, area: '51.00', account: null },
  ],
};
const DONE = { done: ['7'], skipped: [], message: null };

function answerOf(path: string): unknown {
  if (path.includes('/changes/preview')) return PREVIEW;
  if (path.endsWith('/changes')) return { version: 4, items: [], notes: [] };
  if (path.startsWith('registry/streets')) return { items: [STREET], next: null };
  if (/registry\/houses\/\w/.test(path)) return HOUSE;
  if (path.startsWith('registry/houses')) return { items: [HOUSE_ROW], next: null };
  if (path.includes('/facts')) return FACTS;
  if (path.includes('/contracts')) return CONTRACTS;
  if (path.includes('/history')) return HISTORY;
  if (path.includes('/lineage')) return LINEAGE;
  if (path.includes('findings/summary')) return SUMMARY;
  if (/findings\/(assign|accept)/.test(path)) return DONE;
  if (path.includes('/findings')) return FINDINGS;
  if (path.includes('/decide')) return { ...PROPOSAL, state: 'approved' };
  if (path.includes(`/proposals/${IVAN}`)) return PROPOSAL;
  if (path.includes('/proposals')) return { items: [PROPOSAL], next: null, totals: { count: 1, sums: {} } };
  if (path.includes('administration/people')) return { names: { clerk: 'Ткачук Наталія Іванівна' } };
  return { number: '0100000033', version: 2 };
}
const ME = {
  login: 'clerk', permissions: ['registry.account.edit', 'registry.account.correct', 'registry.proposal.department', 'registry.finding.manage', 'registry.account.manage'],
};
const open = (Page: ComponentType, locale: PageLocale = 'uk'): Drawn =>
  draw(<Page />, { module: 'registry', locale, me: ME, place: placeOf('/registry', { number: NUMBER, id: IVAN }), answer: ({ path }) => answerOf(path) });

const PAGES: readonly (readonly [string, ComponentType, RegExp])[] = [
  ['change', ChangePage, /67[.,]08|Загальна площа|Total area/],
  ['history', HistoryPage, /70[.,]50/],
  ['manage', ManagePage, /0100.0000.33/],
  ['findings', FindingsPage, /0100.0000.17/],
  ['proposals', ProposalsPage, /0100.0000.17/],
  ['proposal', ProposalPage, /70[.,]50/],
  ['findings of the card', () => <FindingsPart subject={NUMBER} />, /200 м²|попереджає|warns/],
  ['streets', StreetsPage, /Леніна/],
  ['houses', HousesPage, /H0001/],
  ['house', HousePage, /0100.0000.17/],
  ['contracts of the card', () => <ContractsPart subject={NUMBER} />, /17\/2024/],
  ['owners of the card', () => <OwnersPart subject={NUMBER} />, /1\/2[\s\S]*17\/2024/],
];

describe('pages of the registry', () => {
  for (const locale of ['uk', 'en'] as const) {
    it.each(PAGES)(`%s speaks ${locale}: no text is missing, axe finds nothing`, async (_name, Page, shown) => {
      const { page } = open(Page, locale);
      await waitFor(() => expect(page.textContent).toMatch(shown));
      expect(await faultsOf(page, 'registry')).toEqual([]);
    });
  }

  it('a change is shown with its effect in money before it can be saved, and sent once with a key', async () => {
    const user = userEvent.setup();
    const { sent, went, page } = open(ChangePage);
    const area = await screen.findByLabelText(/Загальна площа/);
    await user.clear(area);
    await user.type(area, '70,5');
    expect(screen.queryByRole('button', { name: /Зберегти/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: /Показати, що зміниться/ }));
    expect(page.textContent).toContain('Напишіть причину');
    await user.type(screen.getByLabelText(/Причина/), 'заява абонента від 20.11');
    await user.click(screen.getByRole('button', { name: /Показати, що зміниться/ }));
    await user.click(await screen.findByRole('button', { name: 'Зберегти 2 зміни' }));
    await waitFor(() => expect(went).toEqual([`/registry/accounts/${NUMBER}`]));
    expect(page.textContent).toMatch(/61,10/);
    expect(page.textContent).toContain('більша за звичайну межу');
    const changes = [{ kind: 'premises', totalArea: '70.5', from: '2026-11-23' }];
    const body = { version: 3, changes, reason: 'заява абонента від 20.11' };
    expect(sent.map(({ path, body: json }) => [path, json])).toEqual([
      [`registry/accounts/${NUMBER}/changes/preview`, body],
      [`registry/accounts/${NUMBER}/changes`, body],
    ]);
    expect(sent[1]?.key).toMatch(/^[\w-]{36}$/);
  });

  it('every kind of change has its fields in words', async () => {
    const user = userEvent.setup();
    const { page } = open(ChangePage);
    const kind = await screen.findByLabelText(/Що змінюється/);
    const kinds = [...kind.querySelectorAll('option')].map(({ value }) => value);
    expect(kinds).toHaveLength(15);
    for (const one of kinds) {
      await user.selectOptions(kind, one);
      expect([one, ...wordless(page, 'registry')]).toEqual([one]);
    }
  });

  it('the other side approves what it has compared', async () => {
    const user = userEvent.setup();
    const { sent } = open(ProposalPage);
    await user.click(await screen.findByRole('button', { name: /Погодити/ }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Буде змінено 1 поле');
    const [button] = [...dialog.querySelectorAll('button')].filter(({ type }) => type === 'submit');
    if (button) await user.click(button);
    await waitFor(() => expect(sent).toMatchObject([{ path: `registry/proposals/${IVAN}/decide`, body: { approve: true } }]));
  });

  it('marked findings are assigned', async () => {
    const user = userEvent.setup();
    const { sent } = open(FindingsPage);
    const [, mark] = await screen.findAllByRole('checkbox');
    if (mark) await user.click(mark);
    await user.click(await screen.findByRole('button', { name: 'Призначити 1 знахідку' }));
    const dialog = await screen.findByRole('dialog');
    const send = [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Призначити'));
    if (send) await user.click(send);
    await waitFor(() => expect(sent).toMatchObject([{ path: 'registry/findings/assign', body: { ids: ['7'], to: 'clerk' } }]));
  });

  it('an account is merged with its reason', async () => {
    const user = userEvent.setup();
    const { sent, went } = open(ManagePage);
    await user.selectOptions(await screen.findByLabelText(/^Дія/), 'merge');
    await user.type(screen.getByLabelText(/Рахунок, що діятиме далі/), '0100000025');
    await user.type(screen.getByLabelText(/Причина/), 'подвійний рахунок одного житла');
    await user.click(screen.getByRole('button', { name: /Об’єднати/ }));
    await waitFor(() => expect(went).toHaveLength(1));
    expect(sent[0]).toMatchObject({ path: `registry/accounts/${NUMBER}/merge`, body: { version: 3, into: '0100000025', on: '2026-11-23' } });
  });

  it('an account is opened in a house for a dwelling without one', async () => {
    const user = userEvent.setup();
    const { sent, went } = open(HousePage);
    await user.click(await screen.findByRole('button', { name: 'Відкрити рахунок' }));
    await user.selectOptions(await screen.findByLabelText('Житло'), '2');
    for (const [label, value] of [[/Прізвище/, 'Гриб'], [/Ім’я/, 'Олег'], [/По батькові/, 'Іванович'], [/Дата народження/, '01.01.1980'], [/Причина/, 'купівля квартири, договір № 5']] as const) {
      await user.type(screen.getByLabelText(label), value);
    }
    await user.selectOptions(screen.getByLabelText('Стать'), 'm');
    const dialog = screen.getByRole('dialog');
    const send = [...dialog.querySelectorAll('button')].find(({ type }) => type === 'submit');
    if (send) await user.click(send);
    await waitFor(() => expect(went).toEqual(['/registry/accounts/0100000033']));
    expect(sent).toMatchObject([
      { path: 'registry/accounts', body: { premises: { id: 2 }, holder: { surname: 'Гриб', sex: 'm', birthDate: '1980-01-01' }, on: '2026-11-23' } },
    ]);
  });
});
