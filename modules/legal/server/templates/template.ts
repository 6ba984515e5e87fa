import type { Paper, PaperBlock, PaperColumn, PaperPart, PaperRow, Run, Runs, TextKind } from '@komplat/documents';
import { DomainError } from '@komplat/kernel';

/** What a template may name: a text, a yes or no, or rows with names of their own. */
export interface FieldSet {
  readonly [name: string]: 'text' | 'flag' | FieldSet;
}
export interface Values {
  readonly [name: string]: string | boolean | readonly Values[];
}
/** Fields that every row has: its number from 1, whether it is the first or the last one. */
const ROW_FIELDS: FieldSet = { no: 'text', first: 'flag', last: 'flag' };

type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'section'; readonly name: string; readonly inverted: boolean; readonly nodes: readonly Inline[] };
interface Section<N> {
  readonly kind: 'section';
  readonly name: string;
  readonly inverted: boolean;
  readonly nodes: readonly Nested<N>[];
}
type Nested<N> = N | Section<N>;
interface CellsRow {
  readonly kind: 'row';
  readonly total: boolean;
  readonly cells: readonly (readonly Inline[])[];
}
type Row = Nested<CellsRow>;
interface TextLine {
  readonly kind: TextKind;
  readonly inline: readonly Inline[];
}
interface SignLine {
  readonly kind: 'sign';
  readonly left: readonly Inline[];
  readonly right: readonly Inline[];
}
interface TableLines {
  readonly kind: 'table';
  readonly columns: readonly PaperColumn[];
  readonly head: readonly (readonly Inline[])[];
  readonly rows: readonly Row[];
}
type PlainBlock = TextLine | SignLine | TableLines;
type Block = Nested<PlainBlock>;
interface TemplatePart {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}
export interface Template {
  readonly parts: readonly TemplatePart[];
}

/** Names that are in force at a place, the innermost rows first. */
type Scope = readonly FieldSet[];

const MARKS: readonly (readonly [string, TextKind])[] = [
  ['## ', 'subtitle'],
  ['# ', 'title'],
  ['> ', 'side'],
  ['- ', 'item'],
  ['~ ', 'note'],
  ['. ', 'left'],
];
const TAG = /\{\{([#^/]?)([^{}]*)\}\}/g;
const LINE_TAG = /^\s*\{\{([#^/])([^{}]*)\}\}\s*$/;
const ALIGNS: Readonly<Record<string, PaperColumn['align']>> = { l: 'left', r: 'right', c: 'center' };

/**
 * Reads the text of a template. Lines: `@part id | title`, `# ` title, `## ` subtitle, `> ` parties at the right, `- ` point,
 * `~ ` small print, `. ` without indent, `@sign left | right`, `@table 3l 2r` … `| cell | cell` … `|= total` … `@end`.
 * Fields: `{{name}}`, `{{#rows}}` … `{{/rows}}`, `{{^empty}}` … `{{/empty}}`; a tag alone on its line holds whole lines.
 * Refuses `legal.template.*` with the line, the part and the name.
 */
export function parseTemplate(body: string, fields: FieldSet, partIds: readonly string[]): Template {
  return new Reader(body.split(/\r?\n/), fields, partIds).template();
}

class Reader {
  private at = 0;
  private part = '';

  constructor(
    private readonly lines: readonly string[],
    private readonly fields: FieldSet,
    private readonly partIds: readonly string[],
  ) {}

  template(): Template {
    const parts: TemplatePart[] = [];
    while (this.skipEmpty()) {
      const [, id = '', title = ''] = /^@part\s+([\w-]+)\s*\|\s*(.+?)\s*$/.exec(this.line()) ?? [];
      if (id === '') throw this.bad('part-expected', { text: this.line().slice(0, 60) });
      if (!this.partIds.includes(id) || parts.some((part) => part.id === id)) throw this.bad('part-unknown', { name: id });
      this.part = id;
      this.at += 1;
      parts.push({ id, title, blocks: this.blocks([this.fields], undefined) });
    }
    const missing = this.partIds.find((id) => !parts.some((part) => part.id === id));
    if (missing !== undefined) throw this.bad('part-missing', { name: missing });
    return { parts: this.partIds.flatMap((id) => parts.filter((part) => part.id === id)) };
  }

  private line(): string {
    return this.lines[this.at] ?? '';
  }
  private skipEmpty(): boolean {
    while (this.at < this.lines.length && this.line().trim() === '') this.at += 1;
    return this.at < this.lines.length;
  }
  private bad(code: string, params: Readonly<Record<string, string | number>>): DomainError {
    return new DomainError(`legal.template.${code}`, { line: this.at + 1, part: this.part, ...params });
  }

  /** Lines up to the closing tag of `open`, or to the next part. */
  private blocks(scope: Scope, open: string | undefined): Block[] {
    const blocks: Block[] = [];
    while (this.skipEmpty()) {
      const line = this.line();
      if (line.startsWith('@part ')) break;
      const [, sign = '', name = ''] = LINE_TAG.exec(line) ?? [];
      if (sign === '/') {
        this.close(name.trim(), open);
        return blocks;
      }
      if (sign !== '') blocks.push(this.section<PlainBlock>(sign, name.trim(), scope, (inner, own) => this.blocks(inner, own)));
      else blocks.push(this.block(line, scope));
    }
    if (open !== undefined) throw this.bad('section-open', { name: open });
    return blocks;
  }

  private section<N>(sign: string, name: string, scope: Scope, read: (scope: Scope, open: string) => Nested<N>[]): Section<N> {
    const kind = this.kindOf(name, scope);
    this.at += 1;
    return { kind: 'section', name, inverted: sign === '^', nodes: read(innerScope(kind, sign, scope), name) };
  }

  private close(name: string, open: string | undefined): void {
    if (name !== open) throw this.bad('section-close', { name });
    this.at += 1;
  }

  private block(line: string, scope: Scope): Block {
    if (line.startsWith('@table ')) return this.table(line, scope);
    if (line.startsWith('@sign ')) {
      const [left = '', right = ''] = line.slice(6).split('|');
      const sides = { left: this.inline(left.trim(), scope), right: this.inline(right.trim(), scope) };
      this.at += 1;
      return { kind: 'sign', ...sides };
    }
    if (/^[@|]/.test(line)) throw this.bad('line', { text: line.slice(0, 60) });
    const [mark, kind] = MARKS.find(([start]) => line.startsWith(start)) ?? ['', 'para' as const];
    const inline = this.inline(line.slice(mark.length).trim(), scope);
    this.at += 1;
    return { kind, inline };
  }

  private table(line: string, scope: Scope): Block {
    const columns = line.slice(7).trim().split(/\s+/).map((word): PaperColumn => {
      const [, share = '', align = ''] = /^(\d+(?:\.\d+)?)([lrc])$/.exec(word) ?? [];
      if (share === '') throw this.bad('column', { text: word });
      return { share: Number(share), align: ALIGNS[align] ?? 'left' };
    });
    this.at += 1;
    this.skipEmpty();
    const head = this.row(scope, columns.length);
    const rows = this.rows(scope, undefined, columns.length);
    if (this.line().trim() !== '@end') throw this.bad('table-end', {});
    this.at += 1;
    return { kind: 'table', columns, head: head.cells, rows };
  }

  private rows(scope: Scope, open: string | undefined, columns: number): Row[] {
    const rows: Row[] = [];
    while (this.skipEmpty() && this.line().trim() !== '@end') {
      const [, sign = '', name = ''] = LINE_TAG.exec(this.line()) ?? [];
      if (sign === '/') {
        this.close(name.trim(), open);
        return rows;
      }
      if (sign !== '') rows.push(this.section<CellsRow>(sign, name.trim(), scope, (inner, own) => this.rows(inner, own, columns)));
      else rows.push(this.row(scope, columns));
    }
    if (open !== undefined) throw this.bad('section-open', { name: open });
    return rows;
  }

  private row(scope: Scope, columns: number): CellsRow {
    const line = this.line().trim();
    if (!line.startsWith('|')) throw this.bad('line', { text: line.slice(0, 60) });
    const total = line.startsWith('|=');
    const cells = line.slice(total ? 2 : 1).split('|').map((cell) => this.inline(cell.trim(), scope));
    if (cells.length !== columns) throw this.bad('cells', { expected: columns, found: cells.length });
    this.at += 1;
    return { kind: 'row', total, cells };
  }

  /** Text of one line with its tags; every name must be known at this place. */
  private inline(text: string, scope: Scope): Inline[] {
    const stack: { name: string; inverted: boolean; scope: Scope; nodes: Inline[] }[] = [{ name: '', inverted: false, scope, nodes: [] }];
    let from = 0;
    for (const match of text.matchAll(TAG)) {
      const top = stack.at(-1);
      if (!top) break;
      const [tag, sign = '', spaced = ''] = match;
      const name = spaced.trim();
      if (match.index > from) top.nodes.push({ kind: 'text', text: text.slice(from, match.index) });
      from = match.index + tag.length;
      if (sign === '/') {
        if (stack.length === 1 || top.name !== name) throw this.bad('section-close', { name });
        stack.pop();
        stack.at(-1)?.nodes.push({ kind: 'section', name, inverted: top.inverted, nodes: top.nodes });
        continue;
      }
      const kind = this.kindOf(name, top.scope);
      if (sign !== '') stack.push({ name, inverted: sign === '^', scope: innerScope(kind, sign, top.scope), nodes: [] });
      else if (kind === 'text') top.nodes.push({ kind: 'field', name });
      else throw this.bad('field-not-text', { name });
    }
    const [root, open] = stack;
    if (open) throw this.bad('section-open', { name: open.name });
    const rest = text.slice(from);
    if (/\{\{|\}\}/.test(rest)) throw this.bad('tag', { text: rest.slice(0, 60) });
    return [...(root?.nodes ?? []), ...(rest === '' ? [] : [{ kind: 'text' as const, text: rest }])];
  }

  private kindOf(name: string, scope: Scope): FieldSet[string] {
    const set = scope.find((fields) => Object.hasOwn(fields, name));
    const kind = set?.[name];
    if (kind === undefined) throw this.bad('field-unknown', { name });
    return kind;
  }
}

const innerScope = (kind: FieldSet[string], sign: string, scope: Scope): Scope =>
  typeof kind === 'object' && sign === '#' ? [{ ...ROW_FIELDS, ...kind }, ...scope] : scope;

/** The documents that a template and values give. Values never become structure. */
export function fillTemplate({ parts }: Template, values: Values, head: { readonly title: string; readonly foot: string }): Paper {
  return { ...head, parts: parts.map(({ id, title, blocks }): PaperPart => ({ id, title, blocks: spread(blocks, [values], drawBlock).filter(isNotEmpty) })) };
}

/** A line whose fields are all empty is left out. */
const isNotEmpty = (block: PaperBlock): boolean => !('runs' in block) || block.runs.some(({ text }) => text.trim() !== '');

type Stack = readonly Values[];
const valueOf = (name: string, stack: Stack): Values[string] => stack.find((values) => Object.hasOwn(values, name))?.[name] ?? '';

/** Nodes with their sections opened: rows once each, questions once or never. */
function spread<N extends { readonly kind: string }, R>(nodes: readonly Nested<N>[], stack: Stack, draw: (node: N, stack: Stack) => R): R[] {
  return nodes.flatMap((node): R[] => {
    if (!isSection(node)) return [draw(node, stack)];
    return opened(node, stack).flatMap((inner) => spread<N, R>(node.nodes, inner, draw));
  });
}
const isSection = <N extends { readonly kind: string }>(node: Nested<N>): node is Section<N> => node.kind === 'section';

function opened({ name, inverted }: { readonly name: string; readonly inverted: boolean }, stack: Stack): readonly Stack[] {
  const value = valueOf(name, stack);
  const isFull = typeof value === 'object' ? value.length > 0 : value !== '' && value !== false;
  if (isFull === inverted) return [];
  if (typeof value !== 'object' || inverted) return [stack];
  return value.map((row, at) => [{ no: String(at + 1), first: at === 0, last: at === value.length - 1, ...row }, ...stack]);
}

function drawBlock(block: PlainBlock, stack: Stack): PaperBlock {
  if (block.kind === 'sign') return { kind: 'sign', left: runsOf(block.left, stack), right: runsOf(block.right, stack) };
  if (block.kind !== 'table') return { kind: block.kind, runs: runsOf(block.inline, stack) };
  const drawRow = ({ total, cells }: CellsRow, at: Stack): PaperRow => ({ total, cells: cells.map((cell) => runsOf(cell, at)) });
  return {
    kind: 'table',
    columns: block.columns,
    head: block.head.map((cell) => runsOf(cell, stack)),
    rows: spread(block.rows, stack, drawRow),
  };
}

/** `**` in the template's own text turns bold on and off; in a value it is a text. */
function runsOf(nodes: readonly Inline[], stack: Stack): Runs {
  const runs: Run[] = [];
  let bold = false;
  const add = (text: string): void => {
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.bold === bold) runs[runs.length - 1] = { text: last.text + text, bold };
    else runs.push({ text, bold });
  };
  const walk = (list: readonly Inline[], at: Stack): void => {
    for (const node of list) {
      if (node.kind === 'field') add(String(valueOf(node.name, at)));
      else if (node.kind === 'section') for (const inner of opened(node, at)) walk(node.nodes, inner);
      else {
        node.text.split('**').forEach((piece, index) => {
          if (index > 0) bold = !bold;
          add(piece);
        });
      }
    }
  };
  walk(nodes, stack);
  return runs.map(({ text, bold: isBold }) => ({ text: glued(text), bold: isBold }));
}

const NBSP = '\u00A0';
/** Words that stay on one line: a short word with what it names, an amount with its unit. */
const glued = (text: string): string =>
  text
    .replaceAll(/(?<![\p{L}])(м|вул|просп|пров|пл|буд|кв|№|р)(\.?) (?=[\p{L}\d])/gu, `$1$2${NBSP}`)
    .replaceAll(/(\d) (%|грн|арк|м²)/g, `$1${NBSP}$2`);
