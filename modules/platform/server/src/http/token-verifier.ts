import { DomainError } from '@komplat/kernel';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenClaims } from '../actor.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Our clients; a token made for another one is no key. */
  readonly clients: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

const KEYS_KEPT_MS = 600_000;
const ASK_AGAIN_MS = 10_000;

/**
 * Keys of the realm, kept for ten minutes and fetched anew when a token names an unknown one. While the realm does not
 * answer, the keys that are known go on to be used: open sessions live as long as their tokens.
 */
export function realmKeys(realmUrl: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(`${realmUrl}/protocol/openid-connect/certs`), { timeoutDuration: 3_000, cacheMaxAge: KEYS_KEPT_MS });
  let downUntil = 0;
  return async (header, token) => {
    const known = remote.jwks();
    if (known && Date.now() < downUntil) return withKnown(known, header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      downUntil = Date.now() + ASK_AGAIN_MS;
      if (known) return withKnown(known, header, token);
      throw unavailable();
    }
  };
}
const unavailable = (): DomainError => new DomainError('platform.keys.unavailable', {}, 503);

/** A token of an unknown key cannot be judged while the realm is silent: that is no refusal of the token. */
const withKnown = async (known: JSONWebKeySet, ...[header, token]: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> =>
  createLocalJWKSet(known)(header, token).catch(() => {
    throw unavailable();
  });

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
