/** One catalogue for next-intl, which reads a dot in a key as nesting: the dot is written as a slash. */
export const toMessages = (catalogues: readonly Readonly<Record<string, string>>[]): Record<string, string> =>
  Object.fromEntries(
    catalogues.flatMap((catalogue) =>
      Object.entries(catalogue).map(([key, text]) => [key.replaceAll('.', '/'), text] as const),
    ),
  );
