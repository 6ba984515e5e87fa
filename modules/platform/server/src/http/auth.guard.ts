import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { DomainError, forbidden } from '@komplat/kernel';
import { ACTOR_DIRECTORY, type ActorDirectory, may, type TokenClaims } from '../actor.ts';
import { RateLimits } from '../rate-limits.ts';
import type { EndpointSpec } from './endpoint.ts';
import { type ActingRequest, specOf } from './input.ts';
import { type TokenRules, verifyToken } from './token-verifier.ts';

/** A token that was verified is not verified again for this long: its signature cannot change, its expiry is seen at once. */
const KEPT_MS = 10_000;
const MAX_KEPT = 2_000;

export const TOKEN_RULES = Symbol('TOKEN_RULES');

interface Verified {
  readonly claims: TokenClaims;
  readonly until: number;
}

/** The only guard: who (token), what (permission). Whose (data scope) is an argument of every query. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly kept = new Map<string, Verified>();

  constructor(
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    @Inject(ACTOR_DIRECTORY) private readonly directory: ActorDirectory,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.admit(specOf(context), context.switchToHttp().getRequest<ActingRequest>());
    return true;
  }

  /** Throws unless the request may be served; the actor then stands on the request. */
  async admit(spec: EndpointSpec, request: ActingRequest): Promise<void> {
    if (spec.permission === 'public') return;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new DomainError('platform.sign-in-needed', {}, 401);
    const claims = await this.verified(token);
    const actor = await this.directory.resolve(claims, request.id);
    request.actor = actor;
    if (spec.limited !== undefined) this.limits.take(spec.limited, actor.login);
    if (spec.permission !== 'signed-in' && !may(actor, spec.permission)) {
      throw forbidden('platform.forbidden', { permission: spec.permission });
    }
  }

  private async verified(token: string): Promise<TokenClaims> {
    const known = this.kept.get(token);
    const now = Date.now();
    if (known && known.until > now) return known.claims;
    const claims = await verifyToken(token, this.rules);
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(token, { claims, until: Math.min(now + KEPT_MS, claims.expiresAt * 1000) });
    return claims;
  }
}
