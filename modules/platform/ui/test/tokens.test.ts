import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split(/\[data-theme=['"]dark['"]\]/);

const tokensOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/--color-([a-z0-9-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
const themes = { light: tokensOf(light), dark: tokensOf(dark) };

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: keyof typeof themes, front: string, back: string): number {
  const [first, second] = [front, back].map((name) => {
    const colour = themes[theme].get(name);
    if (!colour) throw new Error(`no token ${name}`);
    return luminance(colour);
  });
  const [high = 0, low = 0] = [first ?? 0, second ?? 0].sort((left, right) => right - left);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = 4.5;
const MARK = 3;
// Pairs and ratios as the UX guide prints them: text or mark, background, light, dark, smallest allowed.
const GUIDE: readonly (readonly [string, string, number, number, number])[] = [
  ['text', 'surface', 16.35, 14.46, TEXT],
  ['text', 'selected', 14.6, 12.39, TEXT],
  ['text-2', 'surface', 7.86, 9.2, TEXT],
  ['text-2', 'nav', 6.86, 9.59, TEXT],
  ['text-3', 'surface', 5.51, 6.6, TEXT],
  ['text-3', 'surface-2', 4.95, 6.04, TEXT],
  ['text-3', 'bg', 5.13, 7.12, TEXT],
  ['text-3', 'nav', 4.81, 6.87, TEXT],
  ['accent-text', 'surface', 7.19, 8.82, TEXT],
  ['accent-text', 'accent-soft', 6.14, 6.69, TEXT],
  ['on-accent', 'accent', 7.19, 7.13, TEXT],
  ['on-accent', 'accent-hover', 9.47, 8.9, TEXT],
  ['ok', 'ok-soft', 5.67, 7.76, TEXT],
  ['ok', 'surface', 6.54, 9.37, TEXT],
  ['info', 'info-soft', 5.95, 7.34, TEXT],
  ['info', 'surface', 6.94, 8.8, TEXT],
  ['warn', 'warn-soft', 5.91, 7.95, TEXT],
  ['warn', 'surface', 6.68, 9.73, TEXT],
  ['bad', 'bad-soft', 5.55, 7.36, TEXT],
  ['bad', 'surface', 6.54, 8.12, TEXT],
  ['appr', 'appr-soft', 6.38, 7.61, TEXT],
  ['appr', 'surface', 7.49, 8.65, TEXT],
  ['idle', 'idle-soft', 6.74, 7.5, TEXT],
  ['line-strong', 'surface', 3.48, 3.91, MARK],
  ['focus', 'surface', 5.71, 7.8, MARK],
  ['focus', 'bg', 5.31, 8.42, MARK],
  ['ok-fill', 'surface', 4.25, 6.31, MARK],
  ['warn-fill', 'surface', 3.63, 7.01, MARK],
  ['info-fill', 'surface', 4.54, 5.53, MARK],
  ['bad-fill', 'surface', 4.57, 5.06, MARK],
];

describe('contrast of the tokens', () => {
  it.each(GUIDE)('%s on %s', (front, back, lightRatio, darkRatio, least) => {
    expect(contrast('light', front, back)).toBeCloseTo(lightRatio, 1);
    expect(contrast('dark', front, back)).toBeCloseTo(darkRatio, 1);
    expect(Math.min(contrast('light', front, back), contrast('dark', front, back))).toBeGreaterThanOrEqual(least);
  });

  it('gives every token of the light theme a colour in the dark one', () => {
    expect([...themes.light.keys()].filter((name) => !themes.dark.has(name))).toEqual([]);
  });
});
