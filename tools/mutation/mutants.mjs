// Finds what can be changed in a TypeScript file and writes one file that holds every change behind a switch.
import ts from 'typescript';

const SWAPPED_OPERATORS = {
  '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'],
  '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'],
  '===': ['!=='], '!==': ['==='], '&&': ['||'], '||': ['&&'], '??': ['&&'],
};
/** Operators of decimals, money, days and lists are methods here: they are swapped like operators. */
const SWAPPED_METHODS = new Map(Object.entries({
  plus: 'minus', minus: 'plus', times: 'div', div: 'times', add: 'sub', sub: 'add', min: 'max', max: 'min',
  gt: 'gte', gte: 'gt', lt: 'lte', lte: 'lt', some: 'every', every: 'some', next: 'previous', previous: 'next',
  onOrAfter: 'onOrBefore', onOrBefore: 'onOrAfter', firstDay: 'lastDay', lastDay: 'firstDay',
}));
const DROPPED_CALLS = new Set(['filter', 'neg', 'toSorted', 'trim', 'abs']);

const isType = (node) => ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
const isLeftAlone = (node) => isType(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
const isFunction = (node) => ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** `[{ id, start, end, text, what, line, isStatic }]`: the text that stands instead of the source from start to end. */
export function findMutants(source) {
  const found = [];
  const visit = (node, inFunction) => {
    if (isLeftAlone(node)) return;
    for (const [text, what] of changesOf(node, source)) {
      const start = node.getStart(source);
      const { line } = source.getLineAndCharacterOfPosition(start);
      found.push({ id: found.length, start, end: node.end, text, what, line: line + 1, isStatic: !inFunction });
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || isFunction(node)));
  };
  for (const statement of source.statements) visit(statement, false);
  return found;
}

function changesOf(node, source) {
  const text = (part) => part.getText(source);
  if (ts.isBinaryExpression(node)) {
    const operator = text(node.operatorToken);
    return (SWAPPED_OPERATORS[operator] ?? []).map((other) => [`(${text(node.left)}) ${other} (${text(node.right)})`, `${operator} → ${other}`]);
  }
  if (ts.isPrefixUnaryExpression(node) && [ts.SyntaxKind.ExclamationToken, ts.SyntaxKind.MinusToken].includes(node.operator)) {
    return [[text(node.operand), `${text(node)} → ${text(node.operand)}`]];
  }
  if (isCondition(node)) return [['true', 'condition → true'], ['false', 'condition → false']];
  if (isReturned(node)) return [['undefined', 'return → undefined'], ...valueChanges(node, text)];
  return valueChanges(node, text);
}

function valueChanges(node, text) {
  if (ts.isNumericLiteral(node) && isValue(node) && !isSign(node)) return [[`(${node.text} + 1)`, `${node.text} → ${node.text} + 1`]];
  if (ts.isBigIntLiteral(node)) return [[`(${node.text} + 1n)`, `${node.text} → ${node.text} + 1n`]];
  if (ts.isStringLiteral(node) && isValue(node)) return [[node.text === '' ? "'mutant'" : "''", `'${node.text}' → other text`]];
  if (node.kind === ts.SyntaxKind.TrueKeyword && isValue(node)) return [['false', 'true → false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword && isValue(node)) return [['true', 'false → true']];
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isPattern(node)) return [['[]', 'list → []']];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return callChanges(node, text);
  if (ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node.parent)) {
    const other = SWAPPED_METHODS.get(node.name.text);
    return other ? [[`${text(node.expression)}.${other}`, `.${node.name.text} → .${other}`]] : [];
  }
  return [];
}

function callChanges(node, text) {
  const { expression, name } = node.expression;
  const other = SWAPPED_METHODS.get(name.text);
  const rest = node.arguments.map(text).join(', ');
  return [
    ...(other ? [[`${text(expression)}.${other}(${rest})`, `.${name.text}() → .${other}()`]] : []),
    ...(DROPPED_CALLS.has(name.text) ? [[text(expression), `.${name.text}() left out`]] : []),
  ];
}

const isCondition = (node) =>
  (ts.isIfStatement(node.parent) && node.parent.expression === node) || (ts.isConditionalExpression(node.parent) && node.parent.condition === node);
const isReturned = (node) => ts.isReturnStatement(node.parent) && node.parent.expression === node;
const isPattern = (node) => ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && node.parent.left === node;
/** A branch of `a < b ? -1 : a > b ? 1 : 0`: only its sign is read, so that a 1 which grows changes nothing. */
function isSign(node) {
  let top = ts.isPrefixUnaryExpression(node.parent) ? node.parent : node;
  if (node.text !== '1' || !ts.isConditionalExpression(top.parent)) return false;
  while (ts.isConditionalExpression(top.parent)) top = top.parent;
  const leaves = (part) => (ts.isConditionalExpression(part) ? [...leaves(part.whenTrue), ...leaves(part.whenFalse)] : [part.getText()]);
  const all = leaves(top);
  return all.includes('-1') && all.every((leaf) => ['-1', '0', '1'].includes(leaf));
}
/** Not a key, not a name of a module, not a part of a type. */
const isValue = (node) => !(ts.isPropertyAssignment(node.parent) && node.parent.name === node) && !ts.isLiteralTypeNode(node.parent);

/** The whole source with every mutant behind `globalThis.__mutant === id`; types are taken off. */
export function switched(source, mutants, file) {
  const at = new Map();
  for (const mutant of mutants) {
    const key = `${mutant.start}-${mutant.end}`;
    at.set(key, [...(at.get(key) ?? []), mutant]);
  }
  const write = (node) => {
    const own = at.get(`${node.getStart(source)}-${node.end}`);
    const plain = inner(node);
    if (!own || isWrapper(node, own)) return plain;
    const before = plain.slice(0, plain.length - plain.trimStart().length);
    return `${before}(${own.map(({ id, text }) => `globalThis.__mutant === ${id} ? (${text}) : `).join('')}(${plain.trimStart()}))`;
  };
  /** A node with the same text as its only child is written once, by the innermost one. */
  const isWrapper = (node) => {
    let same = false;
    ts.forEachChild(node, (child) => {
      same ||= child.getStart(source) === node.getStart(source) && child.end === node.end;
    });
    return same;
  };
  const inner = (node) => {
    if (isLeftAlone(node)) return node.getFullText(source);
    let text = '';
    let position = node.pos;
    ts.forEachChild(node, (child) => {
      text += source.text.slice(position, child.pos) + write(child);
      position = child.end;
    });
    return text + source.text.slice(position, node.end);
  };
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext, verbatimModuleSyntax: true };
  return ts.transpileModule(inner(source), { compilerOptions: options, fileName: file }).outputText;
}

export const parse = (file, text) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
