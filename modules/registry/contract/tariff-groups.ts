const CAPACITY = /^capacity-(\d+)$/;

/** The words of a group of tariffs or norms, whose names in the books are codes: a key of the texts and its parameters. */
export function groupWords(name: string): readonly [key: string, params: { readonly value: string }] {
  const capacity = CAPACITY.exec(name)?.[1];
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return [`registry.ui.group.${capacity === undefined ? slug : 'capacity'}`, { value: capacity ?? '' }];
}
