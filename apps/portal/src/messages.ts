/** A catalogue for next-intl, which reads a dot in a key as nesting: the dot is written as a slash. */
export const toMessages = (catalogue: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key.replaceAll('.', '/'), text]));
