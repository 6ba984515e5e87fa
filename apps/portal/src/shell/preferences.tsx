'use client';
import { Segments, useLocale, useText, type Locale } from '@komplat/ui';
import type { ReactNode } from 'react';

const YEAR = 31_536_000;
const remember = (name: string, value: string): void => {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
};

/** A look of the portal; `system` follows the machine. */
export type Theme = 'light' | 'dark' | 'system';

/** Puts a look on and remembers it in this browser. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  remember('komplat-theme', theme);
}

/** The remembered look. */
export function currentTheme(): Theme {
  const value = /(?:^|; )komplat-theme=(light|dark)/.exec(document.cookie)?.[1];
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Whether single letters act as keys. */
export const lettersOn = (): boolean => !/(?:^|; )komplat-letters=off/.test(document.cookie);

/** Switches single letters on or off, now and for this browser. */
export function applyLetters(on: boolean): void {
  document.documentElement.dataset['letters'] = on ? 'on' : 'off';
  remember('komplat-letters', on ? 'on' : 'off');
}

/** Changes the language: the texts come with the page, so the page is loaded again. */
export function applyLocale(locale: Locale): void {
  remember('komplat-locale', locale);
  location.reload();
}

/** Two languages side by side. */
export function LanguageChoice(): ReactNode {
  const text = useText();
  return (
    <Segments
      label={text('portal.user.language')}
      value={useLocale()}
      options={[
        { value: 'uk', label: 'Українська' },
        { value: 'en', label: 'English' },
      ]}
      onChange={applyLocale}
    />
  );
}
