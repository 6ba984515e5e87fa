import { IntlMessageFormat } from 'intl-messageformat';

export type Locale = 'uk' | 'en';
export type Catalogue = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[a-z][a-zA-Z-]*$/;
const SUM = /^-?\d+\.\d{2}$/;

/** Values are written for machines: sums, months and days stand in a sentence as people write them. */
function readable(value: unknown, locale: Locale): unknown {
  if (typeof value !== 'string') return value;
  if (DAY.test(value)) return value.split('-').reverse().join('.');
  if (MONTH.test(value)) {
    const name = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'uk-UA', { month: 'long', timeZone: 'UTC' });
    return `${name.format(new Date(`${value}-01T00:00:00Z`))} ${value.slice(0, 4)}`;
  }
  if (!SUM.test(value)) return value;
  const grouped = value.replace('-', '\u2212').replaceAll(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
  return locale === 'en' ? grouped : grouped.replace('.', ',');
}

/** Words of all modules; the same catalogue serves screens, errors, exports and messages. */
export class Messages {
  private readonly cache = new Map<string, IntlMessageFormat>();

  constructor(private readonly catalogue: Catalogue) {}

  has(key: string): boolean {
    return key in this.catalogue.uk;
  }
  /** The sentence of `key`; a key without words is returned as it is, so that a gap is seen and not hidden. */
  text(locale: Locale, key: string, params: Readonly<Record<string, unknown>> = {}): string {
    const source = this.catalogue[locale][key] ?? this.catalogue.uk[key];
    if (source === undefined) return key;
    const id = `${locale} ${key}`;
    const format = this.cache.get(id) ?? new IntlMessageFormat(source, locale);
    this.cache.set(id, format);
    const values = Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const word = source.includes(`{${name}}`) ? this.wordOf(locale, key, name, value) : undefined;
        return [name, word ?? readable(value, locale)];
      }),
    );
    return String(format.format(values as Record<string, string>));
  }

  /** The word of a code in a refusal: `state` of `error.legal.pack.…` is a word of `legal.pack.state`, `legal.ui.packs.state` or `legal.ui.state`. */
  private wordOf(locale: Locale, key: string, name: string, value: unknown): string | undefined {
    const [head, module, area] = key.split('.');
    if (head !== 'error' || typeof value !== 'string' || !CODE.test(value)) return undefined;
    const places = [`${module}.${area}`, `${module}.ui.${area}s`, `${module}.ui`].map((place) => `${place}.${name}.${value}`);
    const word = places.find((place) => this.has(place));
    return word && this.text(locale, word);
  }
}

/** First language of `Accept-Language` that we speak; Ukrainian otherwise. */
export function localeOf(header: string | undefined): Locale {
  for (const part of (header ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'uk' || language === 'en') return language;
  }
  return 'uk';
}
