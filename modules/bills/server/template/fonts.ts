import { readFileSync } from 'node:fs';

/**
 * Inter in two fixed weights with Ukrainian and Latin letters only and figures of one width. Chromium embeds a font of fixed weight
 * as it is; a variable one it draws anew in every file. Made from the variable files of `@fontsource-variable/inter` (OFL 1.1):
 * merged, instanced at the weight, `tnum` put in place of the figures, cut to U+0020-00FF, U+0400-045F, Ґґ and punctuation.
 */
export const billFonts = (): string =>
  [400, 600]
    .map((weight) => {
      const data = readFileSync(new URL(`./fonts/inter-${weight}.woff2`, import.meta.url)).toString('base64');
      return `@font-face{font-family:"Inter Bill";font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
    })
    .join('\n');
