import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { toMessages } from './messages.ts';
import en from './generated/en.json' with { type: 'json' };
import uk from './generated/uk.json' with { type: 'json' };

const CATALOGUES: Readonly<Record<'uk' | 'en', Readonly<Record<string, string>>>> = { uk, en };

/** Ukrainian unless the person chose English. */
export default getRequestConfig(async () => {
  const locale = (await cookies()).get('komplat-locale')?.value === 'en' ? 'en' : 'uk';
  return { locale, messages: toMessages(CATALOGUES[locale]), timeZone: 'Europe/Kyiv' };
});
