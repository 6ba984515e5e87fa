import type { BillContent, BillLine } from '../contract/bill.schema.ts';

const NAMES = [
  'Управління багатоквартирним будинком', 'Холодна вода', 'Централізоване водовідведення', 'Постачання гарячої води', 'Опалення',
  'Управління побутовими відходами', 'Постачання та розподіл електричної енергії', 'Постачання природного газу', 'Розподіл природного газу',
  'Абонентське обслуговування: водопостачання', 'Абонентське обслуговування: теплова енергія', 'Обслуговування домофона', 'Користування ліфтом',
  'Електрична енергія: нічна зона двозонного лічильника', 'Абонентське обслуговування: водовідведення', 'Вивезення великогабаритних відходів',
  'Інтернет у під’їзді', 'Відеоспостереження', 'Прибирання сходів', 'Освітлення двору',
];
const line = (name: string, at: number): BillLine => ({
  service: `S${at}`,
  name,
  provider: `P${at}`,
  providerName: at % 3 === 0 ? 'КП «Яворопільтеплокомуненерго»' : 'КП «Чисте місто»',
  code: String(at + 1),
  providerAccount: at % 2 === 0 ? String(5_000_003_647 + at) : null,
  received: true,
  quantity: '12.5',
  unit: 'м³',
  price: '36.6',
  gross: '457.50',
  benefit: '0.00',
  recalculated: '0.00',
  subsidy: '0.00',
  month: '457.50',
  opening: '1457.50',
  paid: '-457.50',
  other: '0.00',
  closing: '1457.50',
});

const ISSUER: BillContent['issuer'] = {
  name: 'Комунальне підприємство «Муніципальний обчислювальний центр» Яворопільської міської ради',
  short: 'КП «МОЦ»',
  address: '06101, м. Яворопіль, вул. Соборна, 21',
  phone: '15-17',
  hours: 'щодня 08:00–20:00',
  site: 'https://yavoropil.example',
  edrpou: '71044113',
  iban: 'UA863052990000290290000071044',
};

/** A bill of so many services that says everything a bill may say. */
export function fullBill(services: number, change: Partial<BillContent> = {}): BillContent {
  const lines = Array.from({ length: services }, (_, at) => line(NAMES[at % NAMES.length] ?? '', at));
  const kop = BigInt(services) * 45_750n;
  const money = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
  return {
    v: 1, number: '2610-0421057316-1', code: '9F4C27E1K3QX', account: '0421057316', month: '2026-10', part: 0, version: 1,
    issuedOn: '2026-11-04', dueOn: '2026-11-20', reason: null, issuer: ISSUER, holder: 'Коваленко Ірина Степанівна',
    address: 'вул. Соборна, 14, кв. 37', postcode: '06101', area: '67.08', residents: 3, lines, monthTotal: money(kop),
    earlier: money(BigInt(services) * 100_000n), total: money(BigInt(services) * 145_750n), pay: money(kop), recalculations: [],
    received: [], debt: [{ age: 'month', amount: money(kop) }, { age: 'quarter', amount: money(BigInt(services) * 100_000n) }], advance: '0.00',
    readings: [
      { name: 'Холодна вода', serial: '18402217', before: '471', now: '477', quantity: '6', unit: 'м³', due: '2026-10-14' },
      { name: 'Гаряча вода', serial: '18402290', before: '288', now: null, quantity: null, unit: 'м³', due: null },
    ],
    difference: {
      before: money(kop - 118_629n),
      difference: '1186.29',
      parts: [
        { amount: '1130.13', text: 'Опалення: послуга почалася, 0,6831 Гкал' },
        { amount: '56.16', text: 'Електроенергія: 194 кВт·год замість 181' },
      ],
      same: services - 2,
    },
    year: Array.from({ length: 12 }, (_, at) => ({ month: `${at < 2 ? 2025 : 2026}-${String(((at + 10) % 12) + 1).padStart(2, '0')}`, amount: at === 4 ? null : `${2000 + at * 100}.00` })),
    notices: [],
    ...change,
  };
}

/** The same with benefits, subsidies, corrections, a provider that gave nothing, long names and many notices. */
export function hardBill(services: number): BillContent {
  const plain = fullBill(services);
  const lines = plain.lines.map((each, at): BillLine => {
    if (at === 5) return { ...each, received: false, quantity: null, price: null, gross: '0.00', month: '0.00', closing: '1000.00' };
    if (at === 1) return { ...each, benefit: '-57.50', subsidy: '-100.00', recalculated: '-200.00', other: '12.34', month: '100.00', closing: '1112.34' };
    return each;
  });
  return {
    ...plain,
    lines,
    holder: 'Кропивницька-Наконечна В’ячеслава-Олександра Костянтинівна',
    address: 'бульв. Українських Січових Стрільців (Шевченківський), 114-А/2, кв. 1037',
    recalculations: [
      { amount: '-200.00', text: 'Холодна вода: перерахунок за серпень 2026 — тимчасова відсутність двох осіб за довідкою № 114' },
      { amount: '12.34', text: 'Холодна вода: пеня за вересень 2026' },
    ],
    received: [{ paidOn: '2026-11-02', channel: 'Приват24', amount: '500.00', month: '2026-11' }],
    notices: ['З 1 грудня змінюється тариф на воду: рішення виконкому № 412 від 15.11.2026.', 'Повірте лічильники: виїзд майстра безкоштовний.'],
    version: 2,
    reason: 'перераховано площу за технічним паспортом',
  };
}
