'use client';
import { useLocale as useIntlLocale, useTranslations } from 'next-intl';
import type { Locale } from './format.ts';

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

const plain = (params: Message['params'] = {}): TextParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? value : String(value ?? '')]),
  );

/** The sentence of a message that came from the API. */
export function useMessage(): (message: Message | string | undefined | null) => string {
  const text = useText();
  return (message) => {
    if (!message) return '';
    return typeof message === 'string' ? text(message) : text(message.key, plain(message.params));
  };
}

/** The current language. */
export const useLocale = (): Locale => (useIntlLocale() === 'en' ? 'en' : 'uk');
