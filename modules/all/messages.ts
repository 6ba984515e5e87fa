import { existsSync, readFileSync } from 'node:fs';

type Locale = 'uk' | 'en';
type Words = Readonly<Record<string, string>>;

const read = (module: string, file: string): Words => {
  const url = new URL(`../${module}/contract/messages/${file}.json`, import.meta.url);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : {};
};

/** Words of all modules for the server: errors, exports, command line. */
export function readCatalogue(modules: readonly string[]): Readonly<Record<Locale, Words>> {
  const all = (locale: Locale): Words =>
    Object.assign({}, ...modules.flatMap((module) => [read(module, locale), read(module, `ui.${locale}`)]));
  return { uk: all('uk'), en: all('en') };
}
