import { describe, expect, it } from '@jest/globals';
import { DomainError, Period } from '@komplat/kernel';
import fc from 'fast-check';
import { layoutBytes, layoutOf, readAwardFile } from '../server/services/award-reader.ts';
import { subsidy } from './award-records.ts';

const MONTH = Period.parse('2026-11');
const GOOD = layoutBytes(
  'SUBSIDY',
  [1, 2, 3].map((at) => subsidy({ account: `010000001${at}`, months: 1, sums: { 2: `${at}00.00` } })),
  '2026-11-23',
);

/** Either every record is read or refused by its rule, or the file is refused by a message: never another error. */
async function outcome(bytes: Buffer): Promise<string> {
  try {
    const lines = await readAwardFile(bytes, layoutOf(bytes, undefined), MONTH);
    for (const { item } of lines) if (item.ok) expect(item.row.parts.length).toBeGreaterThan(0);
    return 'read';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('a damaged file of awards', () => {
  it('with any bytes changed is read or refused, with the same answer twice', async () => {
    const change = fc.array(fc.tuple(fc.nat(GOOD.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(change, async (changes) => {
        const bytes = Buffer.from(GOOD);
        for (const [at, value] of changes) bytes[at] = value;
        expect(await outcome(bytes)).toBe(await outcome(Buffer.from(bytes)));
      }),
      { numRuns: 150 },
    );
  });
  it('cut anywhere, or no DBF at all, is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(GOOD.length - 2), async (size) => expect(await outcome(GOOD.subarray(0, size))).toMatch(/^benefits\.award\./)),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => expect(await outcome(Buffer.from(bytes))).toMatch(/^benefits\.award\./)),
      { numRuns: 100 },
    );
  });
});
