import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { algorithms, jkurwa } from '../server/packs/jkurwa.ts';

const data = join(dirname(createRequire(import.meta.url).resolve('jkurwa')), '..', 'test', 'data');

/** The test key of the library, read from its package: no key is kept with the product. */
export const testKey = (): Buffer => readFileSync(join(data, 'PRIV1.cer'));

/** A certificate of that key, signed by itself, for these years. */
export function testCertificate(from = '2026-01-01', to = '2036-01-01'): Buffer {
  const names = { organizationName: 'Тестовий надавач', commonName: 'Задорожній Юрій Федорович', serialNumber: 'UA-00000000' };
  return jkurwa.Certificate.signCert({
    privkey: jkurwa.Priv.from_asn1(testKey()),
    hash: algorithms.hash,
    certData: { serial: 17, issuer: names, subject: names, valid: { from: Date.parse(from), to: Date.parse(to) }, usage: '\u0003\u0002\u0006\u00C0' },
  }).as_asn1();
}
