import { z } from 'zod';
import type { CalcField, CalcSheet } from '../contract/calculators.schema.ts';

/** The part of JSON Schema that forms are made of. */
interface Node {
  readonly type?: string | undefined;
  readonly $ref?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Node | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly oneOf?: readonly Node[] | undefined;
}
const zNode: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string().optional().catch(undefined),
    $ref: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    properties: z.record(z.string(), zNode).optional(),
    required: z.array(z.string()).optional(),
    items: zNode.optional().catch(undefined),
    anyOf: z.array(zNode).optional(),
    oneOf: z.array(zNode).optional(),
  }),
);

const BY_REFERENCE: ReadonlyMap<string, CalcField['kind']> = new Map([
  ['#/$defs/Money', 'money'],
  ['#/$defs/Day', 'day'],
  ['#/$defs/Period', 'month'],
]);
const BY_TYPE: ReadonlyMap<string, CalcField['kind']> = new Map([
  ['string', 'text'],
  ['integer', 'number'],
  ['number', 'number'],
  ['boolean', 'flag'],
]);

/** Variants of the form of a calculator from its JSON Schema; what a form cannot show becomes a field of JSON text. */
export function sheetOf(schema: unknown): CalcSheet['variants'] {
  const root = zNode.parse(schema);
  const nodes = root.oneOf ?? root.anyOf ?? [root];
  return nodes.map((node) => {
    const fields = fieldsOf(node);
    const fixed = fields.find(({ kind }) => kind === 'fixed') ?? (nodes.length > 1 ? fields.find(({ kind }) => kind === 'choice') : undefined);
    return { label: fixed?.options?.join(', ') ?? '', fields };
  });
}

const fieldsOf = ({ properties = {}, required = [] }: Node): CalcField[] =>
  Object.entries(properties).map(([name, node]) => fieldOf(name, node, required.includes(name)));

function fieldOf(name: string, node: Node, required: boolean): CalcField {
  const words = (values: readonly unknown[]): string[] => values.map(String);
  if (node.const !== undefined) return { name, kind: 'fixed', required, options: words([node.const]) };
  if (node.enum) return { name, kind: 'choice', required, options: words(node.enum) };
  if (node.type === 'array' && node.items?.properties) return { name, kind: 'rows', required, fields: fieldsOf(node.items) };
  if (node.type === 'array' && node.items && plainKind(node.items)) return { name, kind: 'list', required };
  if (node.properties) return { name, kind: 'group', required, fields: fieldsOf(node) };
  return { name, kind: plainKind(node) ?? 'json', required };
}

const plainKind = ({ $ref, type }: Node): CalcField['kind'] | undefined =>
  BY_REFERENCE.get($ref ?? '') ?? BY_TYPE.get(type ?? '');
