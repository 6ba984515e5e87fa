/** @jest-environment ./modules/platform/ui/test/browser-environment.mjs */
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Asked, catalogue, draw, faultsOf, placeOf, type Drawn, type PageLocale, wordless } from '@komplat/testing/pages';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ComponentType, ReactNode } from 'react';
import type {
  AbsenceList,
  AccountMeters,
  DistributionView,
  MeterView,
  QualityActItem,
  ReadingHistory,
  RuleList,
} from '../contract/index.ts';
import { Page as ActsPage } from '../portal/pages/acts.page.tsx';
import { Page as DistributionPage } from '../portal/pages/distribution.page.tsx';
import { Page as DistributionsPage } from '../portal/pages/distributions.page.tsx';
import { Page as MetersPage } from '../portal/pages/meters.page.tsx';
import { Page as MissingPage } from '../portal/pages/missing.page.tsx';
import { Page as RulesPage } from '../portal/pages/rules.page.tsx';
import { Slot as AbsencesPart } from '../portal/slots/account-absences.slot.tsx';
import { Slot as MetersPart } from '../portal/slots/account-meters.slot.tsx';

afterEach(cleanup);

const NUMBER = '0100000017';
const ID = '0190e000-0000-7000-8000-000000000001';
const AT = '2026-11-20T10:00:00.000Z';
const METER: MeterView = {
  id: 7,
  service: 'CW',
  serviceName: 'Холодна вода',
  unit: 'м³',
  serial: 'ХВ-777',
  digits: 5,
  place: 'кухня',
  installedOn: '2020-01-01',
  removedOn: null,
  initial: '0',
  seal: 'П-1',
  verificationDue: '2026-12-01',
  verification: 'soon',
  current: null,
  before: { month: '2026-09', value: '112.5', takenOn: '2026-09-20' },
  average: '6.25',
  monthsWithout: 2,
  events: [],
};
const METERS: AccountMeters = {
  number: NUMBER,
  today: '2026-11-23',
  meters: [METER],
  services: [{ code: 'CW', name: 'Холодна вода', unit: 'м³', metered: true }],
};
const reading = (id: string, value: string, supersededAt: string | null) => ({
  id,
  meterId: METER.id,
  month: '2026-09',
  value,
  takenOn: '2026-09-20',
  source: 'voice',
  recordedBy: 'clerk',
  recordedAt: AT,
  supersededAt,
  reason: 'прорив',
  confirmed: 'jump',
  photo: null,
  used: supersededAt ? null : '5',
});
const HISTORY: ReadingHistory = { items: [reading('2', '112.5', null), reading('1', '121.5', AT)] };
const ABSENCES: AbsenceList = {
  items: [
    {
      id: ID,
      services: ['CW'],
      persons: null,
      from: '2026-10-01',
      to: '2026-11-15',
      days: 46,
      appliedOn: '2026-11-18',
      document: 'довідка 12/а, 18.11.2026',
      reason: 'навчання',
      state: 'waiting',
      madeBy: 'clerk',
      madeAt: AT,
      decidedBy: null,
    },
  ],
  services: [{ code: 'CW', name: 'Холодна вода' }],
  persons: [],
  minDays: 30,
};
const core = {
  id: ID,
  house: 'H0001',
  address: 'вул. Соборна, 12а',
  service: 'CW',
  serviceName: 'Холодна вода',
  unit: 'м³',
  month: '2026-11',
  actNumber: '11-1',
  state: 'draft' as const,
  houseVolume: '100',
  meteredVolume: '60',
  houseNeeds: '23.2',
  shortfall: '2.5',
  flats: 1,
  madeBy: 'clerk',
  madeAt: AT,
  signedBy: null,
};
const DISTRIBUTION: DistributionView = {
  ...core,
  nonResidential: '0',
  restVolume: '40',
  commonShare: '0',
  commonCoefficient: '1',
  needsBy: 'area',
  reason: 'за листопад',
  waiting: false,
  parts: [
    {
      account: NUMBER,
      flat: '1',
      area: '60.00',
      persons: 3,
      metered: null,
      own: '12.6',
      needs: '9.28',
      total: '21.88',
    },
  ],
};
const ACT: QualityActItem = {
  id: ID,
  actNumber: 'АП-1',
  actDate: '2026-11-12',
  service: 'HEAT',
  serviceName: 'Опалення',
  scope: 'riser',
  riser: '2',
  house: 'H0001',
  address: 'вул. Соборна, 12а',
  kind: 'quality',
  from: '2026-11-08',
  to: '2026-11-11',
  percent: '3.3',
  mark: 'needs a lawyer',
  accounts: 14,
  reason: 'холодно',
  state: 'approved',
  madeBy: 'clerk',
  decidedBy: 'chief',
};
const RULES: RuleList = {
  items: [
    {
      id: 1,
      code: 'average-limit',
      service: null,
      serviceName: null,
      value: '3',
      unit: 'month',
      from: '1997-01-01',
      to: null,
      act: 'ПКМУ 690',
      mark: 'general knowledge',
      current: true,
    },
  ],
};
const listed = (item: object) => ({ items: [item], next: null, totals: { count: 1, sums: {} } });
const MISSING = {
  id: 7,
  account: NUMBER,
  address: 'вул. Соборна, 12а, кв. 1',
  service: 'CW',
  serviceName: 'Холодна вода',
  serial: 'ХВ-777',
  last: '112.5',
  lastMonth: '2026-09',
  months: 2,
  basis: 'average',
};
const DUE = {
  id: 7,
  account: NUMBER,
  address: 'вул. Соборна, 12а, кв. 1',
  service: 'CW',
  serviceName: 'Холодна вода',
  serial: 'ХВ-777',
  verificationDue: '2026-11-01',
  overdue: true,
  seal: null,
};

function answerOf(path: string): unknown {
  if (path.endsWith(`${NUMBER}/meters`)) return METERS;
  if (path.endsWith('/readings')) return HISTORY;
  if (path.endsWith('/absences')) return ABSENCES;
  if (path.startsWith(`metering/distributions/${ID}`)) return DISTRIBUTION;
  if (path.startsWith('metering/distributions')) return listed(core);
  if (path.startsWith('metering/quality-acts')) return listed(ACT);
  if (path.startsWith('metering/rules')) return RULES;
  if (path.startsWith('metering/missing')) return listed(MISSING);
  if (path.startsWith('metering/meters')) return listed(DUE);
  return { names: { clerk: 'Ткачук Наталія Іванівна' } };
}
const ME = { permissions: ['metering.read', 'metering.change', 'metering.reading.enter'] };
const open = (Page: ComponentType, locale: PageLocale = 'uk', write: (asked: Asked) => unknown = () => ({ id: '9' })): Drawn =>
  draw(<Page />, {
    module: 'metering',
    locale,
    me: ME,
    place: placeOf('/metering', { id: ID }),
    answer: (asked) => (asked.method === 'GET' ? answerOf(asked.path) : write(asked)),
  });

const MetersOfCard = (): ReactNode => <MetersPart subject={NUMBER} />;
const AbsencesOfCard = (): ReactNode => <AbsencesPart subject={NUMBER} />;
const PAGES: readonly (readonly [string, ComponentType, RegExp])[] = [
  ['meters of the card', MetersOfCard, /ХВ-777[\s\S]*121[.,]5/],
  ['absences of the card', AbsencesOfCard, /46/],
  ['verifications', MetersPage, /01\.11\.2026/],
  ['missing readings', MissingPage, /112[.,]5/],
  ['acts of distribution', DistributionsPage, /23[.,]2/],
  ['one act of distribution', DistributionPage, /21[.,]88/],
  ['acts of quality', ActsPage, /АП-1[\s\S]*3[.,]3/],
  ['rules', RulesPage, /ПКМУ 690/],
];

describe('pages of metering', () => {
  for (const locale of ['uk', 'en'] as const) {
    it.each(PAGES)(`%s speaks ${locale}: no text is missing, axe finds nothing`, async (_name, Page, shown) => {
      const { page } = open(Page, locale);
      await waitFor(() => expect(page.textContent).toMatch(shown));
      expect(await faultsOf(page, 'metering')).toEqual([]);
    });
  }

  it('a reading that breaks a rule is confirmed in place, by another request', async () => {
    const user = userEvent.setup();
    const refusal = {
      code: 'metering.reading.jump',
      status: 409,
      title: 'Стрибок',
      detail: 'Стрибок проти звичайних місяців',
      params: { rule: 'jump' },
    };
    const write = ({ body: json }: Asked): unknown =>
      typeof json === 'object' && json !== null && 'confirm' in json ? { id: '9' } : Response.json(refusal, { status: 409 });
    const { sent } = open(MetersOfCard, 'uk', write);
    await user.click(await screen.findByRole('button', { name: 'Внести показання' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/^Показання/), '152,5');
    await user.type(dialog.getByLabelText(/Причина/), 'прорив труби на кухні');
    await user.click(dialog.getByRole('button', { name: /Внести показання/ }));
    await user.click(await dialog.findByRole('button', { name: /Підтвердити і записати/ }));
    await waitFor(() => expect(sent).toHaveLength(2));
    const body = {
      meterId: 7,
      value: '152.5',
      takenOn: '2026-11-23',
      source: 'operator',
      reason: 'прорив труби на кухні',
    };
    expect(sent.map(({ path, body: json }) => [path, json])).toEqual([
      [`metering/accounts/${NUMBER}/readings`, body],
      [`metering/accounts/${NUMBER}/readings`, { ...body, confirm: ['jump'] }],
    ]);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
  });

  it('a form says what is missing and sends nothing', async () => {
    const user = userEvent.setup();
    const { sent } = open(AbsencesOfCard);
    await user.click(await screen.findByRole('button', { name: 'Внести заяву' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: /Внести заяву/ }));
    expect(dialog.getAllByText('Заповніть це поле.').length).toBeGreaterThan(3);
    expect(dialog.getByText(/довша за 30 календарних днів/)).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it('an act of a riser is shown with its flats and money before it is sent; another word asks for another look', async () => {
    const user = userEvent.setup();
    const effect = { service: 'HEAT', serviceName: 'Опалення', provider: 'P02', providerName: 'КП «Тепло»' };
    const look = {
      percent: '100', mark: 'confirmed', accounts: [{ number: NUMBER, flat: '4' }, { number: '0100000025', flat: '8' }], closedMonths: ['2026-10'],
      money: { available: true, effects: [{ ...effect, month: '2026-10', before: '1200.00', after: '1000.00' }], difference: '-200.00' },
    };
    const { sent } = open(ActsPage, 'uk', ({ path }) => (path.endsWith('/look') ? look : { id: '9' }));
    await user.click(await screen.findByRole('button', { name: 'Внести акт' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.selectOptions(dialog.getByLabelText(/Кого стосується/), 'riser');
    for (const [label, value] of [[/Номер акта/, 'АП-7'], [/Код будинку/, 'h0001'], [/^Стояк/, '2'], [/^Квартири/, '4, 8'], [/^З /, '2026-10-01'], [/^До дня/, '2026-10-05'], [/Причина/, 'прорив труби']] as const) {
      await user.type(dialog.getByLabelText(label), value);
    }
    await user.click(dialog.getByRole('button', { name: /Кого це зачепить/ }));
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toMatch(/2 рахунків[\s\S]*Квартири: 4, 8[\s\S]*Опалення[\s\S]*200,00/));
    await user.type(dialog.getByLabelText(/Причина/), 'и');
    await user.click(dialog.getByRole('button', { name: /Внести акт/ }));
    await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(['metering/quality-acts/look', 'metering/quality-acts']));
    expect(sent[1]?.body).toMatchObject({ house: 'H0001', service: 'HEAT', scope: 'riser', riser: '2', flats: ['4', '8'], kind: 'non-delivery', from: '2026-10-01', to: '2026-10-05' });
  });

  it.each(['replace', 'remove', 'seal', 'verify', 'install'])(
    'the form of «%s» has its fields in words',
    async (act) => {
      const user = userEvent.setup();
      open(MetersOfCard);
      const words = catalogue('metering/contract/messages/ui.uk.json');
      const name = words[`metering.ui.act.${act}`] ?? '';
      if (act !== 'install') await user.click(await screen.findByRole('button', { name: 'Дії' }));
      await user.click(
        act === 'install' ? await screen.findByRole('button', { name }) : await screen.findByRole('menuitem', { name }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(wordless(dialog, 'metering')).toEqual([]);
      expect(within(dialog).getByLabelText(/Дата/)).toBeTruthy();
    },
  );
});
