import { IntlMessageFormat } from 'intl-messageformat';

export type Locale = 'uk' | 'en';
export type Catalogue = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

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
    return String(format.format(params as Record<string, string>));
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
