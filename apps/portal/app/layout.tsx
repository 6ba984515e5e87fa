import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Providers } from '../src/providers.tsx';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Komplat', template: '%s · Komplat' } };

const FOLLOW_SYSTEM =
  "document.documentElement.dataset.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'";

/** Frame of every page: language and theme are known before the first paint. */
export default async function RootLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const [locale, messages, jar, sent] = await Promise.all([getLocale(), getMessages(), cookies(), headers()]);
  const chosen = jar.get('komplat-theme')?.value;
  const theme = chosen === 'dark' || chosen === 'light' ? chosen : undefined;
  const nonce = sent.get('x-nonce') ?? undefined;
  return (
    <html
      lang={locale}
      data-theme={theme ?? 'light'}
      data-letters={jar.get('komplat-letters')?.value === 'off' ? 'off' : 'on'}
      suppressHydrationWarning
    >
      <head>
        {!theme && (
          <script nonce={nonce} dangerouslySetInnerHTML={{ __html: FOLLOW_SYSTEM }} suppressHydrationWarning />
        )}
      </head>
      <body>
        <NextIntlClientProvider locale={locale} messages={messages} timeZone="Europe/Kyiv">
          <Providers>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
