import type { Actor, ScopeKind } from '@komplat/plugin-api';

export type { Actor } from '@komplat/plugin-api';

export interface Scope {
  readonly kind: ScopeKind;
  readonly value: string;
}

export const may = (actor: Actor, permission: string): boolean => actor.kind === 'system' || actor.permissions.has(permission);

/** The part of an actor that decides whose data is shown. */
export type Reader = Pick<Actor, 'kind' | 'scopes'>;

export const seesEverything = (actor: Reader): boolean =>
  actor.kind === 'system' || actor.scopes.some((scope) => scope.kind === 'all');

/** Values of one kind of scope: codes of providers, numbers of districts. */
export const scopeValues = (actor: Reader, kind: ScopeKind): string[] =>
  actor.scopes.filter((scope) => scope.kind === kind).map((scope) => scope.value);

export const systemActor = (name: string): Actor => ({
  login: `system:${name}`,
  fullName: name,
  kind: 'system',
  roles: [],
  permissions: new Set(),
  scopes: [{ kind: 'all', value: '*' }],
  requestId: `system-${name}`,
  authTime: 0,
});

export interface TokenClaims {
  readonly subject: string;
  readonly login: string;
  readonly fullName: string;
  readonly client: string;
  readonly isPerson: boolean;
  readonly roles: readonly string[];
  readonly authTime: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Turns a verified token into permissions and data scope; implemented by `administration`. */
export interface ActorDirectory {
  resolve(claims: TokenClaims, requestId: string): Promise<Actor>;
}
export const ACTOR_DIRECTORY = Symbol('ACTOR_DIRECTORY');
