import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';

/** Title of a page from its message. */
export const titled = (key: string) => async (): Promise<Metadata> => {
  const translate = await getTranslations();
  const flat = key.replaceAll('.', '/');
  return { title: translate.has(flat) ? translate(flat) : 'Komplat' };
};
