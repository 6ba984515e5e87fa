'use client';
import { useLocale as useIntlLocale, useTranslations } from 'next-intl';
import { formatDay, formatDecimal, formatMoney, formatPeriod, type Locale } from './format.ts';

/** Values put into a message. */
export type TextParams = Readonly<Record<string, string | number>>;

/** A sentence of the interface by its key. */
export interface Text {
  (key: string, params?: TextParams): string;
  has(key: string): boolean;
}

/** A sentence that the API sends as a key with values. */
export interface Message {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Keys are flat (`registry.ui.title`); next-intl reads a dot as nesting, so the dot is written as a slash there. */
export const messageKey = (key: string): string => key.replaceAll('.', '/');

/** Turns flat catalogues into what next-intl takes. */
export const toMessages = (...catalogues: readonly Readonly<Record<string, string>>[]): Record<string, string> =>
  Object.fromEntries(
    catalogues.flatMap((catalogue) => Object.entries(catalogue).map(([key, text]) => [messageKey(key), text])),
  );

/** Texts of the current language. An unknown key is shown as itself: a hole must be seen. */
export function useText(): Text {
  const translate = useTranslations();
  const text = (key: string, params?: TextParams): string => {
    const flat = messageKey(key);
    return translate.has(flat) ? translate(flat, params) : key;
  };
  return Object.assign(text, { has: (key: string) => translate.has(messageKey(key)) });
}

/** Values of the API are written for machines: sums, quantities, months and days in a sentence are shown as people write them. */
function readable(value: string | number | boolean | null, locale: Locale): string | number {
  if (typeof value === 'number') return value;
  const text = String(value ?? '');
  if (/^-?\d+\.\d{2}$/.test(text)) return formatMoney(text, locale);
  if (/^-?\d+\.\d+$/.test(text)) return formatDecimal(text, locale);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return formatPeriod(text, locale);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text);
  return text;
}

/** A gate is sent by its id, `payments.cut-offs`; people read its title. */
export function gateTitle(text: Text, id: string): string {
  const [module = '', ...rest] = id.split('.');
  const key = `${module}.gate.${rest.join('.')}`;
  return text.has(key) ? text(key) : id;
}

const plain = (text: Text, params: Message['params'] = {}, locale: Locale): TextParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name === 'gate' && typeof value === 'string' ? gateTitle(text, value) : readable(value, locale),
    ]),
  );

/** The sentence of a message that came from the API. */
export function useMessage(): (message: Message | string | undefined | null) => string {
  const text = useText();
  const locale = useLocale();
  return (message) => {
    if (!message) return '';
    return typeof message === 'string' ? text(message) : text(message.key, plain(text, message.params, locale));
  };
}

/** The current language. */
export const useLocale = (): Locale => (useIntlLocale() === 'en' ? 'en' : 'uk');
