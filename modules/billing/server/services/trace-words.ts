import type { TraceInput } from '../../contract/trace.schema.ts';

/** A text of the trace: key without its prefix, and what fills it in. */
export const words = (key: string, params: Readonly<Record<string, string | number>> = {}): TraceInput['name'] => ({
  key: `billing.trace.${key}`,
  params,
});

const MARKS: Readonly<Record<string, string>> = { 'needs a lawyer': 'lawyer', 'general knowledge': 'knowledge' };
/** How sure a rule or a figure of the law is (marks of law.md), in words. */
export const markWords = (mark: string): TraceInput['name'] => words('mark', { mark: MARKS[mark] ?? mark });

/** Kopecks as hryvnias: `-12.05`. */
export function hryvnias(kop: bigint): string {
  const digits = (kop < 0n ? -kop : kop).toString().padStart(3, '0');
  return `${kop < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
