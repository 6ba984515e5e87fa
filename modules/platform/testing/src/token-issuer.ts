import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TokenRules } from '@komplat/server';

export interface TokenIssuer {
  readonly rules: TokenRules;
  /** A bearer of a person with these realm roles; `change` overrides claims to make bad ones. */
  token(login: string, roles: readonly string[], change?: Readonly<Record<string, unknown>>): Promise<string>;
}
const ISSUER = 'http://issuer.test/realms/komplat';

/** Signs tokens as the realm would, with a key of its own, so that the API's checks run for real. */
export async function tokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const rules = { issuer: ISSUER, audience: 'komplat-api', clients: ['komplat-portal', 'komplat-bank'], keys: createLocalJWKSet({ keys: [jwk] }) };
  return {
    rules,
    token(login, roles, change = {}) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: ISSUER, aud: 'komplat-api', sub: `sub-${login}`, azp: 'komplat-portal', typ: 'Bearer', preferred_username: login,
        name: login, realm_access: { roles }, iat: now, exp: now + 300, auth_time: now, ...change,
      };
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(privateKey);
    },
  };
}
