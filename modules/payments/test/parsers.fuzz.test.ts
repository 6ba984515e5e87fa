import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PRESETS } from '../domain/presets/catalog.ts';
import type { RegisterPreset } from '../domain/presets/types.ts';
import { FileRefused } from '../domain/presets/types.ts';
import type { GeneratedPayment } from './register-generator.ts';
import { dbfFile, eircFile, ibankFile } from './register-generator.ts';

const SECONDS = 5_000;
const SLOW = 1_000;

/** Reads the bytes in pieces; anything but rows or a refusal is a bug. Returns the number of items. */
function survive(preset: RegisterPreset, bytes: Uint8Array, piece: number): number {
  const parser = preset.parser({ headBytes: 256, maxRows: 10_000 });
  let items = 0;
  try {
    for (let at = 0; at < bytes.length; at += piece) items += parser.feed(bytes.subarray(at, at + piece)).length;
    items += parser.end().length;
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
  }
  return items;
}

const payment: fc.Arbitrary<GeneratedPayment> = fc.record({
  account: fc.stringMatching(/^[0-9]{1,12}$/u),
  name: fc.stringMatching(/^[A-Za-z =;,|:\\+"-]{0,30}$/u),
  kop: fc.bigInt({ min: -10n, max: 10n ** 12n }),
  day: fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
});
const payments = fc.array(payment, { maxLength: 12 });
const wellFormed: Readonly<Record<string, fc.Arbitrary<Uint8Array>>> = {
  'eirc-ree': payments.map((each) => eircFile(each)),
  'ibank2ua-csv': payments.map((each) => ibankFile(each, { ids: true })),
  'oschadbank-dbf': payments.map((each) => dbfFile(each)),
};

/** A good file with bytes overwritten and its end cut off, or plain noise. */
const damaged = (good: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc
      .tuple(good, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }), fc.nat())
      .map(([bytes, hits, cut]) => {
        const copy = bytes.slice(0, bytes.length - (cut % (bytes.length + 1)));
        for (const [at, value] of hits) if (copy.length > 0) copy[at % copy.length] = value;
        return copy;
      }),
    fc.uint8Array({ maxLength: 2_000 }),
  );

describe('parsers on damaged files', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s neither crashes nor hangs', (id, preset) => {
    const good = wellFormed[id];
    if (good === undefined) throw new Error(`no generator for ${id}`);
    let slowest = 0;
    fc.assert(
      fc.property(damaged(good), fc.integer({ min: 1, max: 5_000 }), (bytes, piece) => {
        const before = process.cpuUsage(); // processor time: another job on the machine is not the parser's fault
        survive(preset, bytes, piece);
        const { user, system } = process.cpuUsage(before);
        slowest = Math.max(slowest, (user + system) / 1_000);
      }),
      { interruptAfterTimeLimit: SECONDS, numRuns: 1_000_000 },
    );
    expect(slowest).toBeLessThan(SLOW);
  });

  it.each(PRESETS.map((preset) => [preset.id, preset] as const))(
    '%s reads the same however the file is cut into pieces',
    (id, preset) => {
      const good = wellFormed[id];
      if (good === undefined) throw new Error(`no generator for ${id}`);
      fc.assert(
        fc.property(good, fc.integer({ min: 1, max: 300 }), (bytes, piece) => {
          expect(survive(preset, bytes, piece)).toBe(survive(preset, bytes, bytes.length));
        }),
        { numRuns: 100 },
      );
    },
  );
});
