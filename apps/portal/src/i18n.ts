import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { toMessages } from './messages.ts';
import { catalogues } from './generated/messages.ts';

/** Ukrainian unless the person chose English. */
export default getRequestConfig(async () => {
  const locale = (await cookies()).get('komplat-locale')?.value === 'en' ? 'en' : 'uk';
  return { locale, messages: toMessages(catalogues[locale]), timeZone: 'Europe/Kyiv' };
});
