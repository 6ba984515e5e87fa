import type { TraceInput } from '../../contract/trace.schema.ts';

/** A text of the trace: key without its prefix, and what fills it in. */
export const words = (key: string, params: Readonly<Record<string, string | number>> = {}): TraceInput['name'] => ({
  key: `billing.trace.${key}`,
  params,
});
