import type { Text } from '@komplat/ui';

/** A word of the catalogue when there is one; the code's own name otherwise. */
const wordOr = (text: Text, key: string, name: string): string => (text.has(key) ? text(key) : name);

export const fieldWord = (text: Text, name: string): string => wordOr(text, `debt.ui.field.${name}`, name);
export const optionWord = (text: Text, value: string): string => wordOr(text, `debt.ui.option.${value}`, value);
export const ruleWord = (text: Text, rule: string): string => wordOr(text, `debt.ui.rule.${rule}`, rule);
export const strategyWord = (text: Text, strategy: string): string => wordOr(text, `debt.ui.dunning.s-${strategy}`, strategy);
export const markWord = (text: Text, mark: string): string => wordOr(text, `debt.ui.mark.${mark.replaceAll(/[ ,]+/g, '-')}`, mark);
