import { Money } from '@komplat/kernel';
import type { PackSnapshot } from '../../contract/pack.schema.ts';

const NBSP = '\u00A0';
const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, NBSP);

/** `1 234,56`. */
export function amountText(text: string): string {
  const { kop } = Money.parse(text);
  const digits = (kop < 0n ? -kop : kop).toString().padStart(3, '0');
  return `${kop < 0n ? '−' : ''}${grouped(digits.slice(0, -2))},${digits.slice(-2)}`;
}

/** Without idle zeros, two decimals of a price at least when it has any: `5.2500` is `5,25`, `3` is `3`. */
export function decimalText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? grouped(whole) : `${grouped(whole)},${digits.padEnd(2, '0')}`;
}

export const dayText = (day: string): string => day.split('-').reverse().join('.');
/** `2026-11` is `11.2026`. */
export const monthText = (month: string): string => month.split('-').reverse().join('.');

const MONTHS = ['січень', 'лютий', 'березень', 'квітень', 'травень', 'червень', 'липень', 'серпень', 'вересень', 'жовтень', 'листопад', 'грудень'];
/** `листопад 2026 року`. */
export const monthName = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}${NBSP}року`;

const MONTHS_GENITIVE = [
  'січня', 'лютого', 'березня', 'квітня', 'травня', 'червня', 'липня', 'серпня', 'вересня', 'жовтня', 'листопада', 'грудня',
];
/** `листопада 2026 року`. */
export const monthGenitive = (month: string): string => `${MONTHS_GENITIVE[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}${NBSP}року`;

type Name = Pick<PackSnapshot['debtors'][number], 'surname' | 'givenName' | 'patronymic'>;
export const nameText = ({ surname, givenName, patronymic }: Name): string => [surname, givenName, patronymic ?? ''].filter((word) => word !== '').join(' ');

export const ROLES: Readonly<Record<PackSnapshot['debtors'][number]['role'], string>> = {
  owner: 'співвласник житла',
  holder: 'власник особового рахунку',
  resident: 'зареєстрована особа',
};

type Debtor = PackSnapshot['debtors'][number];
/** Who somebody is to the flat, by their sex; the only owner has no share. */
export function roleText({ role, share, sex }: Pick<Debtor, 'role' | 'share' | 'sex'>): string {
  const [owner, whose] = sex === 'female' ? ['власниця', 'співвласниця'] : ['власник', 'співвласник'];
  if (role === 'resident') return ROLES.resident;
  if (role === 'holder') return `${owner} особового рахунку`;
  return `${share === '1/1' ? owner : whose} житла`;
}
/** «не …» what the debtors did not do: `внесли`, `вніс`, `внесла`. */
export function didPayText(payers: readonly Pick<Debtor, 'sex'>[]): string {
  const [only] = payers;
  if (payers.length > 1) return 'внесли';
  return only?.sex === 'female' ? 'внесла' : only?.sex === 'male' ? 'вніс' : 'вніс (не внесла)';
}
/** How somebody is registered in the flat. */
export const RESIDENCES: Readonly<Record<string, string>> = {
  registered: 'зареєстроване місце проживання',
  temporary: 'тимчасова реєстрація',
};

/** How the additions are counted, in the words of the calculation (law.md 4.5). */
export const METHODS: Readonly<Record<PackSnapshot['calculation']['method'], string>> = {
  A: 'залишок боргу на кінець місяця, зменшений на оплати; три проценти річних = залишок × ставка × дні місяця / 365 (366 у високосному році); сукупний індекс = добуток індексів інфляції всіх місяців, крім першого; інфляційні втрати = залишок × (сукупний індекс − 1)',
  'A-fifo': 'оплати погашають найдавніші нарахування; кожне непогашене нарахування індексується з місяця, наступного за місяцем нарахування; три проценти річних = залишок × ставка × дні місяця / 365 (366 у високосному році)',
  B: 'від першого дня прострочення до дня розрахунку включно; три проценти річних = залишок × ставка × дні / 365 (366 у високосному році); індекси інфляції — лише за повні календарні місяці прострочення, з урахуванням місяців дефляції; кожен період округлено до копійок',
  C: 'дні = дата кінця − дата початку + 1; рік — 365 днів; місяці індексації визначено округленням дат до найближчого початку місяця; сукупний індекс округлено до трьох знаків',
};
