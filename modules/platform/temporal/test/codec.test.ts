import { describe, expect, it } from '@jest/globals';
import type { Payload } from '@temporalio/common';
import fc from 'fast-check';
import { AesPayloadCodec, parseCodecKeys } from '../server/index.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');
const payload = (data: string): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(data),
});
const plain = (found: Payload | undefined) => ({
  encoding: Buffer.from(found?.metadata?.encoding ?? []).toString(),
  data: Buffer.from(found?.data ?? []).toString('hex'),
});

describe('payload codec', () => {
  it('gives back what it was given, whatever the bytes', async () => {
    const codec = new AesPayloadCodec(parseCodecKeys(`a:${NEW}`));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (data) => {
        const given: Payload = { metadata: { encoding: Buffer.from('binary/plain') }, data };
        const [opened] = await codec.decode(await codec.encode([given]));
        expect(plain(opened)).toEqual(plain(given));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing readable and never repeats itself', async () => {
    const codec = new AesPayloadCodec(parseCodecKeys(`a:${NEW}`));
    const [one, two] = await codec.encode([payload('0421057316'), payload('0421057316')]);
    expect(Buffer.from(one?.data ?? []).includes('0421057316')).toBe(false);
    expect(Buffer.from(one?.data ?? []).equals(Buffer.from(two?.data ?? []))).toBe(false);
  });

  it('encrypts with the first key and reads with every key', async () => {
    const before = new AesPayloadCodec(parseCodecKeys(`old:${OLD}`));
    const after = new AesPayloadCodec(parseCodecKeys(`new:${NEW},old:${OLD}`));
    const sealed = await before.encode([payload('x')]);
    expect(plain((await after.decode(sealed))[0])).toEqual(plain(payload('x')));
    await expect(before.decode(await after.encode([payload('x')]))).rejects.toThrow('no key new');
  });

  it('notices a changed byte', async () => {
    const codec = new AesPayloadCodec(parseCodecKeys(`a:${NEW}`));
    const [sealed] = await codec.encode([payload('100.00')]);
    const data = Buffer.from(sealed?.data ?? []);
    data[data.length - 20] = (data.at(-20) ?? 0) ^ 1;
    await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow();
  });

  it('takes the empty payload of a void answer, also as a plain array', async () => {
    const codec = new AesPayloadCodec(parseCodecKeys(`a:${NEW}`));
    const empty: Payload = { metadata: { encoding: Buffer.from('binary/null') } };
    Reflect.set(empty, 'data', []);
    const [opened] = await codec.decode(await codec.encode([empty]));
    expect(plain(opened)).toEqual({ encoding: 'binary/null', data: '' });
  });

  it('leaves payloads of others alone and refuses bad keys', async () => {
    const codec = new AesPayloadCodec(parseCodecKeys(`a:${NEW}`));
    expect(plain((await codec.decode([payload('1')]))[0])).toEqual(plain(payload('1')));
    expect(() => parseCodecKeys('')).toThrow();
    expect(() => parseCodecKeys('a:short')).toThrow();
  });
});
