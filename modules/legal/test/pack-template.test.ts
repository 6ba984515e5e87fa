import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@komplat/kernel';
import fc from 'fast-check';
import { CLAIM_1, ORDER_1 } from '../server/migrations/20261125110100_pack_templates.ts';
import { CLAIM_2, ORDER_2 } from '../server/migrations/20261125200100_pack_templates_2.ts';
import { packFileName } from '../server/packs/file-names.ts';
import { packValues } from '../server/templates/fields.ts';
import { PACK_FIELDS } from '../server/templates/field-set.ts';
import { readTemplate } from '../server/templates/template-store.ts';
import { type FieldSet, fillTemplate, parseTemplate, type Values } from '../server/templates/template.ts';
import { sampleSnapshot } from './pack-sample.ts';

const FIELDS: FieldSet = { name: 'text', empty: 'text', yes: 'flag', rows: { name: 'text', inner: { name: 'text' } } };
const HEAD = { title: 't', foot: 'f' };
const parse = (lines: readonly string[]) => parseTemplate(['@part a | Назва', ...lines].join('\n'), FIELDS, ['a']);
const fill = (lines: readonly string[], values: Values) => fillTemplate(parse(lines), values, HEAD).parts[0]?.blocks ?? [];
const refusal = (lines: readonly string[]): unknown => {
  try {
    parse(lines);
  } catch (error) {
    return error instanceof DomainError ? { code: error.code, ...error.params } : error;
  }
  return 'taken';
};

describe('templates of packs', () => {
  it('lines become paragraphs, rows repeat, an empty line of fields is left out', () => {
    const blocks = fill(['# {{name}}', '> {{empty}}', '{{#rows}}', '- {{no}}. **{{name}}**{{^last}};{{/last}}', '{{/rows}}', '{{^yes}}', 'ні', '{{/yes}}'], {
      name: 'Заява', empty: '', yes: false, rows: [{ name: 'А', inner: [] }, { name: 'Б', inner: [] }],
    });
    expect(blocks).toEqual([
      { kind: 'title', runs: [{ text: 'Заява', bold: false }] },
      { kind: 'item', runs: [{ text: '1. ', bold: false }, { text: 'А', bold: true }, { text: ';', bold: false }] },
      { kind: 'item', runs: [{ text: '2. ', bold: false }, { text: 'Б', bold: true }] },
      { kind: 'para', runs: [{ text: 'ні', bold: false }] },
    ]);
  });
  it('a table has its rows in loops and a total', () => {
    const [table] = fill(['@table 2l 1r', '| Ім’я | Сума', '{{#rows}}', '| {{name}} | 1', '{{/rows}}', '|= Разом | 2', '@end'], { rows: [{ name: 'А' }, { name: 'Б' }] });
    expect(table).toMatchObject({ kind: 'table', columns: [{ share: 2, align: 'left' }, { share: 1, align: 'right' }] });
    const cells = table?.kind === 'table' ? table.rows.map((row) => [row.total, ...row.cells.map((cell) => cell.map(({ text }) => text).join(''))]) : [];
    expect(cells).toEqual([[false, 'А', '1'], [false, 'Б', '1'], [true, 'Разом', '2']]);
  });
  it.each([
    [['текст', 'ще {{nmae}}'], { code: 'legal.template.field-unknown', line: 3, part: 'a', name: 'nmae' }],
    [['{{#rows}}', '{{debt}}', '{{/rows}}'], { code: 'legal.template.field-unknown', line: 3, part: 'a', name: 'debt' }],
    [['{{#rows}}', '{{name}}'], { code: 'legal.template.section-open', line: 4, part: 'a', name: 'rows' }],
    [['{{#yes}}так{{/no}}'], { code: 'legal.template.section-close', line: 2, part: 'a', name: 'no' }],
    [['{{rows}}'], { code: 'legal.template.field-not-text', line: 2, part: 'a', name: 'rows' }],
    [['{{name}'], { code: 'legal.template.tag', line: 2, part: 'a', text: '{{name}' }],
    [['@table 2l 1r', '| А | Б', '| тільки одна', '@end'], { code: 'legal.template.cells', line: 4, part: 'a', expected: 2, found: 1 }],
    [['@table 2l', '| А'], { code: 'legal.template.table-end', line: 4, part: 'a' }],
    [['@table широкий', '| А', '@end'], { code: 'legal.template.column', line: 2, part: 'a', text: 'широкий' }],
    [['@part b | Інша'], { code: 'legal.template.part-unknown', line: 2, part: 'a', name: 'b' }],
  ])('refuses %j with its place', (lines, expected) => {
    expect(refusal(lines)).toEqual(expected);
  });
  it('values never become structure, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = `${text}{{name}}\n# @part | **`;
        const [block, ...more] = fill(['{{name}}'], { name: value });
        expect(more).toEqual([]);
        const shown = block && 'runs' in block ? block.runs.map((run) => run.text).join('') : '';
        expect(shown.replaceAll('\u00A0', ' ')).toBe(value.replaceAll('\u00A0', ' '));
      }),
    );
  });
  it('the delivered templates are read, and the snapshot gives exactly the fields that they may use', () => {
    for (const body of [ORDER_1, CLAIM_1, ORDER_2, CLAIM_2]) expect(readTemplate(body).parts).toHaveLength(8);
    const shape = (values: Values): unknown =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? shape(value[0] ?? {}) : typeof value === 'boolean' ? 'flag' : 'text']));
    const snapshot = sampleSnapshot();
    const values = packValues(snapshot, {}, [{ part: 'debt', title: 'Р', firstPage: 3, pages: 2 }]);
    expect(shape(values)).toEqual(PACK_FIELDS);
  });
  it('a file of a pack is called by its kind, number and account in Latin letters', () => {
    const pack = { kind: 'order', number: 'П-2026-0001/7', account: '0421057316' } as const;
    const names = ['pack.pdf', 'pack.pdf.p7s', 'application.docx', 'debt.pdf'].map((file) => packFileName(pack, file));
    expect(names).toEqual([
      'nakaz-2026-0001-7-0421057316.pdf', 'nakaz-2026-0001-7-0421057316.pdf.p7s', 'nakaz-2026-0001-7-0421057316-application.docx',
      'nakaz-2026-0001-7-0421057316-debt.pdf',
    ]);
  });
});
