import type { CalcField } from '../contract/calculators.schema.ts';

/** What a form holds: words as they were typed. */
export type CalcValue = string | boolean | CalcValues | readonly CalcValues[];
export interface CalcValues {
  readonly [name: string]: CalcValue | undefined;
}
export interface CalcInput {
  readonly input: Readonly<Record<string, unknown>>;
  /** Paths of fields whose JSON cannot be read. */
  readonly wrong: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isRows = (value: CalcValue | undefined): value is readonly CalcValues[] => Array.isArray(value);
export const isGroup = (value: CalcValue | undefined): value is CalcValues =>
  typeof value === 'object' && !isRows(value);

/** First values of a form: those of the example that its fields know. */
export function valuesOf(fields: readonly CalcField[], example: unknown): CalcValues {
  const given = isObject(example) ? example : {};
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, given[field.name])]));
}

function valueOf({ kind, fields = [], options = [], required }: CalcField, given: unknown): CalcValue {
  switch (kind) {
    case 'group':
      return valuesOf(fields, given);
    case 'rows':
      return Array.isArray(given) ? given.map((row) => valuesOf(fields, row)) : [];
    case 'flag':
      return given === true;
    case 'list':
      return Array.isArray(given) ? given.join(', ') : '';
    case 'json':
      return given === undefined ? '' : JSON.stringify(given);
    case 'fixed':
      return options[0] ?? '';
    case 'choice':
      return options.includes(String(given)) ? String(given) : required ? (options[0] ?? '') : '';
    default:
      return given === undefined ? '' : String(given);
  }
}

/** The input of the calculator: empty fields that are not required are left out, so that the rule's own default counts. */
export function inputOf(fields: readonly CalcField[], values: CalcValues, path = ''): CalcInput {
  const wrong: string[] = [];
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const at = `${path}${field.name}`;
    const put = (value: unknown): void => {
      if (value !== undefined) input[field.name] = value;
    };
    const nested = (inner: CalcInput): Readonly<Record<string, unknown>> => {
      wrong.push(...inner.wrong);
      return inner.input;
    };
    const value = values[field.name];
    if (field.kind === 'group') {
      const inner = nested(inputOf(field.fields ?? [], isGroup(value) ? value : {}, `${at}.`));
      put(Object.keys(inner).length > 0 || field.required ? inner : undefined);
    } else if (field.kind === 'rows') {
      const rows = (isRows(value) ? value : []).map((row, index) => nested(inputOf(field.fields ?? [], row, `${at}.${index}.`)));
      put(rows.length > 0 || field.required ? rows : undefined);
    } else if (field.kind === 'flag') {
      put(value === true || field.required ? value === true : undefined);
    } else {
      const read = plain(field, typeof value === 'string' ? value.trim() : '');
      if (read === UNREADABLE) wrong.push(at);
      else put(read);
    }
  }
  return { input, wrong };
}

const UNREADABLE = Symbol('unreadable');

function plain({ kind, required }: CalcField, text: string): unknown {
  if (text === '') return required ? '' : undefined;
  if (kind === 'number') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (kind === 'list') return text.split(/[\s,;]+/).filter((word) => word !== '');
  if (kind !== 'json') return text;
  try {
    const read: unknown = JSON.parse(text);
    return read;
  } catch {
    return UNREADABLE;
  }
}
