import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { DomainError, forbidden } from '@komplat/kernel';
import { ACTOR_DIRECTORY, type ActorDirectory, may } from '../actor.ts';
import { type ActingRequest, specOf } from './input.ts';
import { type TokenRules, verifyToken } from './token-verifier.ts';

export const TOKEN_RULES = Symbol('TOKEN_RULES');

/** The only guard: who (token), what (permission). Whose (data scope) is an argument of every query. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    @Inject(ACTOR_DIRECTORY) private readonly directory: ActorDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const spec = specOf(context);
    const request = context.switchToHttp().getRequest<ActingRequest>();
    if (spec.permission === 'public') return true;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new DomainError('platform.sign-in-needed', {}, 401);
    const claims = await verifyToken(token, this.rules);
    const actor = await this.directory.resolve(claims, request.id);
    request.actor = actor;
    if (spec.permission !== 'signed-in' && !may(actor, spec.permission)) {
      throw forbidden('platform.forbidden', { permission: spec.permission });
    }
    return true;
  }
}
