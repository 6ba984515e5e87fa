import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { type Actor, Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { algorithms, jkurwa } from '../packs/jkurwa.ts';
import { SigningKeyStore } from '../packs/signing-keys.ts';

const ACTOR: Actor = { ...systemActor('demo'), login: 'system:demo' };
const VALID = { from: Date.parse('2026-01-01'), to: Date.parse('2028-01-01') };
/** Bits of the use of a key (RFC 5280, 4.2.1.3): digital signature and non-repudiation. */
const USAGE = '\u0003\u0002\u0006\u00C0';

/** Keys of the signers of the training city: made anew for every city, signed by themselves, good for no real court. */
@Injectable()
export class KeysDemo implements DemoData {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SigningKeyStore) private readonly keys: SigningKeyStore,
  ) {}

  async create(city: DemoCity): Promise<void> {
    const creditors = await this.database.query<{ code: string; name: string }>('select code, name from tariffs.pub_provider_v1 order by code');
    for (const [at, { code, name }] of creditors.entries()) {
      const privkey = jkurwa.std_curve('DSTU_PB_257').keygen();
      const names = { organizationName: name, commonName: 'Навчальний ключ, не для суду', serialNumber: `TRAINING-${code}` };
      const certificate = jkurwa.Certificate.signCert({
        privkey,
        hash: algorithms.hash,
        certData: { serial: at + 1, issuer: names, subject: names, valid: VALID, usage: USAGE },
      });
      const files = { certificate: certificate.as_asn1().toString('base64'), key: privkey.as_asn1().toString('base64') };
      await this.keys.add({ creditor: code, ...files, reason: 'навчальна база' }, ACTOR);
    }
    city.note(`legal: ${creditors.length} training keys of signers`);
  }
}
