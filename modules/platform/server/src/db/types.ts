import type { CustomTypesConfig } from 'pg';
import pg from 'pg';

const OID = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, int8Array: 1016 } as const;
const text = (value: string): string => value;

const PARSERS = new Map<number, (value: string) => unknown>([
  [OID.int8, (value) => BigInt(value)],
  [OID.numeric, text],
  [OID.date, text],
  [OID.timestamp, text],
  [OID.int8Array, (value) => (value === '{}' ? [] : value.slice(1, -1).split(',').map(BigInt))],
]);

/** How PostgreSQL values arrive: int8 as bigint, numeric and date as text, timestamptz as Date. */
export const sqlTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : (PARSERS.get(oid) ?? pg.types.getTypeParser(oid))) as never,
};
