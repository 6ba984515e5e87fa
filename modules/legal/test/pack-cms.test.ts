import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readKeyPair, signDetached } from '../server/packs/cms.ts';
import { testCertificate, testKey } from './pack-key.ts';
import { verify } from './pack-verify.ts';

const data = join(dirname(createRequire(import.meta.url).resolve('jkurwa')), '..', 'test', 'data');
const pair = readKeyPair(testCertificate(), testKey(), undefined);

describe('CMS signature of DSTU 4145 (formats.md 9.2), judged by BouncyCastle', () => {
  const content = Buffer.from('Заява про видачу судового наказу № 17: 22 803,81 грн');
  it('is detached, in the order of DER, and valid; another content is not what was signed', () => {
    if (!pair) throw new Error('the test key was not read');
    const signature = signDetached(content, pair, new Date('2026-11-23T10:00:00Z'));
    expect(verify(content, signature)).toMatchObject({ detached: 'true', 'der-order': 'true', digest: 'true', signature: 'true' });
    const changed = Buffer.from(content);
    changed[3] = (changed[3] ?? 0) ^ 1;
    expect(verify(changed, signature)).toMatchObject({ digest: 'false', signature: 'true' });
    const broken = Buffer.from(signature);
    broken[broken.length - 5] = (broken.at(-5) ?? 0) ^ 1;
    expect(verify(content, broken)).toMatchObject({ digest: 'true', signature: 'false' });
  });
  it('a key of another certificate, a wrong file and a wrong password are refused', () => {
    const other = readFileSync(join(data, 'Key6929.cer'));
    expect(readKeyPair(other, testKey(), undefined)).toBeUndefined();
    expect(readKeyPair(testCertificate(), Buffer.from('not a key'), undefined)).toBeUndefined();
    expect(readKeyPair(testCertificate(), readFileSync(join(data, 'STORE_A040.dat')), 'wrong')).toBeUndefined();
  });
});
