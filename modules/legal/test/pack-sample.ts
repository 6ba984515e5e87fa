import { randomUUID } from 'node:crypto';
import { PackSnapshot } from '../contract/pack.schema.ts';

/** Days of a month, for terms of payment. */
const lastDay = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};
const monthAt = (first: string, step: number): string => {
  const [year = 0, number = 0] = first.split('-').map(Number);
  const at = year * 12 + number - 1 + step;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
};
const text = (kop: number): string => `${kop < 0 ? '-' : ''}${Math.floor(Math.abs(kop) / 100)}.${String(Math.abs(kop) % 100).padStart(2, '0')}`;

export interface SampleOptions {
  readonly kind?: 'order' | 'claim';
  readonly number?: string;
  readonly months?: number;
  readonly first?: string;
  readonly debtors?: PackSnapshot['debtors'];
  readonly account?: string;
}
const SERVICES = [
  ['HEAT', 'Постачання теплової енергії (опалення)', 98_765],
  ['HW', 'Постачання гарячої води', 23_411],
] as const;

type Debtor = PackSnapshot['debtors'][number];
export const debtor = (surname: string, givenName: string, patronymic: string | null, more: Partial<Debtor> = {}): Debtor => ({
  surname, givenName, patronymic, sex: null, personId: randomUUID(), birthDate: '1981-03-14', taxNumber: '2965812345',
  registeredAt: '46011, м. Яворопіль, вул. Січових Стрільців, буд. 17, кв. 43', phone: '+380501234567', role: 'owner', share: null, minor: false, actsFor: [],
  ...more,
});

/** A snapshot with sums that agree, for as many months of two services as asked. */
export function sampleSnapshot({ kind = 'order', number = 'СН-2026-000017', months = 18, first = '2025-01', debtors, account = '0421057316' }: SampleOptions = {}): PackSnapshot {
  const list = Array.from({ length: months }, (_, step) => monthAt(first, step));
  const items = list.flatMap((month, at) =>
    SERVICES.map(([service, serviceName, kop]) => {
      const [charged, covered] = [kop + at * 137, at % 5 === 0 ? 10_000 : 0];
      return {
        service, serviceName, month, charged: text(charged), covered: text(covered), debt: text(charged - covered),
        dueOn: lastDay(monthAt(month, 1)), limitationEndsOn: lastDay(monthAt(month, 37)), kop: charged - covered,
      };
    }),
  );
  const rows = items.map(({ month, service, kop }) => ({
    month, service, from: `${monthAt(month, 2)}-01`, to: '2026-11-20', days: 100, balance: text(kop), index: '1.047',
    inflation: text(Math.round(kop * 0.047)), interest: text(Math.round(kop * 0.0082)), penalty: kind === 'claim' ? text(Math.round(kop * 0.001)) : '0.00',
  }));
  const sum = (texts: readonly string[]): number => texts.reduce((all, one) => all + Math.round(Number(one) * 100), 0);
  const [principal, inflation] = [items.reduce((all, { kop }) => all + kop, 0), sum(rows.map((row) => row.inflation))];
  const [interest, penalty] = [sum(rows.map((row) => row.interest)), sum(rows.map((row) => row.penalty))];
  return PackSnapshot.parse({
    v: 1, kind, number, preparedOn: '2026-11-23', asOf: '2026-11-20', account,
    premises: { address: 'м. Яворопіль, вул. Січових Стрільців, буд. 17, кв. 43', area: '67.08', kind: 'flat' },
    court: {
      code: 'C01', name: 'Яворопільський міський суд', nameGenitive: 'Яворопільського міського суду', nameDative: 'Яворопільському міському суду',
      address: '46001, м. Яворопіль, вул. Соборна, 5', email: 'inbox@yv.te.court.example',
    },
    creditor: {
      code: 'P01', name: 'КП «Яворопільтеплокомуненерго»', edrpou: '03353845', address: '46008, м. Яворопіль, вул. Енергетична, 1', phone: '+380352430000',
      email: 'office@teplo.example', iban: 'UA213223130000026007233566001', bank: 'АТ «Ощадбанк»',
      head: { surname: 'Задорожній', givenName: 'Юрій', patronymic: 'Федорович', sex: 'male', post: 'Директор' },
      authority: { number: '01-12/45', from: '2026-01-05', until: '2026-12-31' },
    },
    debtors: debtors ?? [debtor('Левицька', 'Ольга', 'Григорівна')],
    ground: 'публічний договір приєднання про надання послуги з постачання теплової енергії від 01.11.2021',
    period: { from: list[0], to: list.at(-1) },
    items: items.map(({ kop: _, ...item }) => item),
    calculation: {
      method: 'B', ratePercent: '3', penaltyPercentPerDay: kind === 'claim' ? '0.01' : null, indexVersion: 3, asOf: '2026-11-20',
      principal: text(principal), inflation: text(inflation), interest: text(interest), penalty: text(penalty), rows,
      parameters: [{ id: 'debt.inflation.method', version: 'B', mark: 'proposal' }],
    },
    fee: {
      amount: kind === 'order' ? '332.80' : '3328.00', credited: kind === 'order' ? '0.00' : '332.80', toPay: kind === 'order' ? '332.80' : '2995.20',
      account: { recipient: 'ГУК у Тернопільській області', edrpou: '37977599', bank: 'Казначейство України (ЕАП)', iban: 'UA308999980313181206000099001', purpose: 'Судовий збір' },
      paidOn: '2026-11-21', paymentReference: '№ 1145',
    },
    total: text(principal + inflation + interest + penalty),
    statement: items.map(({ month, service, charged, covered, debt, kop }) => ({
      month, service, opening: '0.00', charged, recalculated: '0.00', benefit: '0.00', subsidy: '0.00', paid: covered, closing: kop < 0 ? '0.00' : debt,
    })),
    payments: [{ on: '2025-01-25', amount: '200.00', channel: 'каса' }, { on: '2025-06-20', amount: '200.00', channel: 'Ощадбанк' }],
    tariffs: SERVICES.map(([service]) => ({
      service, from: '2024-10-01', price: '2897.5300', unit: 'Гкал', decision: 'рішення виконавчого комітету Яворопільської міської ради від 26.09.2024 № 1102',
    })),
    residents: [
      { surname: 'Левицька', givenName: 'Ольга', patronymic: 'Григорівна', sex: 'female', birthDate: '1981-03-14', relation: 'власник', from: '2004-05-11', to: null },
      { surname: 'Левицький', givenName: 'Андрій', patronymic: 'Юрійович', sex: 'male', birthDate: '2012-08-01', relation: 'син', from: '2012-08-20', to: null },
    ],
    marks: [],
  });
}
