import { DomainError } from '@komplat/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenClaims } from '../actor.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Our clients; a token made for another one is no key. */
  readonly clients: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

/** Keys of the realm, kept for ten minutes and fetched anew when a token names an unknown one. */
export const realmKeys = (realmUrl: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(`${realmUrl}/protocol/openid-connect/certs`), { timeoutDuration: 5_000 });

const OUR_CLIENTS = ['komplat-portal', 'komplat-service', 'komplat-bank', 'komplat-cli'] as const;
export const rulesOf = (keycloakUrl: string, realm: string): TokenRules => {
  const issuer = `${keycloakUrl}/realms/${realm}`;
  return { issuer, audience: 'komplat-api', clients: OUR_CLIENTS, keys: realmKeys(issuer) };
};

/** Checks signature, issuer, audience, time, kind and client of a bearer token. */
export async function verifyToken(token: string, rules: TokenRules): Promise<TokenClaims> {
  try {
    const { payload } = await jwtVerify(token, rules.keys, {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: ['RS256', 'ES256'],
      clockTolerance: 30,
      requiredClaims: ['exp', 'sub', 'azp'],
    });
    return claimsOf(payload, rules);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (error instanceof errors.JWTExpired) throw new DomainError('platform.token.expired', {}, 401);
    if (error instanceof errors.JOSEError) throw new DomainError('platform.token.refused', { reason: error.code }, 401);
    throw new DomainError('platform.keys.unavailable', {}, 503);
  }
}

function claimsOf(payload: JWTPayload, rules: TokenRules): TokenClaims {
  const client = text(payload.azp);
  if (!rules.clients.includes(client)) throw new DomainError('platform.token.refused', { reason: 'azp' }, 401);
  if (payload.typ !== undefined && payload.typ !== 'Bearer') throw new DomainError('platform.token.refused', { reason: 'typ' }, 401);
  const login = text(payload.preferred_username) || text(payload.sub);
  return {
    subject: text(payload.sub),
    login: login.replace(/^service-account-/, ''),
    fullName: text(payload.name) || login,
    client,
    isPerson: !login.startsWith('service-account-'),
    roles: rolesOf(payload.realm_access),
    authTime: typeof payload.auth_time === 'number' ? payload.auth_time : 0,
    expiresAt: payload.exp ?? 0,
  };
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function rolesOf(access: unknown): string[] {
  if (typeof access !== 'object' || access === null || !('roles' in access) || !Array.isArray(access.roles)) return [];
  return access.roles.filter((role): role is string => typeof role === 'string');
}
