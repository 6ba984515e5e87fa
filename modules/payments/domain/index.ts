export * from './presets/amount.ts';
export * from './presets/catalog.ts';
export * from './presets/code-page.ts';
export * from './presets/days.ts';
export * from './presets/homoglyphs.ts';
export { accountInPurpose } from './presets/ibank2ua-csv.ts';
export * from './presets/types.ts';
