import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { DomainError } from '@komplat/kernel';
import type { FastifyReply } from 'fastify';
import { from, type Observable, of, switchMap } from 'rxjs';
import { Database } from '../db/database.ts';
import { canonicalJson, sha256 } from '../ids.ts';
import { type ActingRequest, specOf } from './input.ts';

interface StoredAnswer {
  readonly request_hash: string;
  readonly status: number | null;
  readonly response: unknown;
}
const KEY = /^[\w.:-]{8,100}$/;

/**
 * The same key with the same body gets the stored answer, with another body 409. The key is kept for ever. A key whose
 * first request is still running, or died on the way, is refused with 409 until the state is known.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly database: Database) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (!specOf(context).idempotent) return next.handle();
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw new DomainError('platform.idempotency.key-needed', {}, 400);
    const actor = request.actor?.login ?? '';
    const hash = sha256(`${request.method} ${request.url}\n${canonicalJson(request.body)}`);
    const stored = await this.claim(actor, key, hash);
    if (!stored) return next.handle().pipe(switchMap((answer: unknown) => from(this.store(context, actor, key, answer))));
    if (stored.request_hash !== hash) throw new DomainError('platform.idempotency.key-reused', {}, 409);
    if (stored.status === null) throw new DomainError('platform.idempotency.running', {}, 409);
    context.switchToHttp().getResponse<FastifyReply>().status(stored.status);
    return of(stored.response);
  }

  /** Undefined when the key is ours now; a key whose work failed (no answer for a minute) is taken over. */
  private async claim(actor: string, key: string, hash: string): Promise<StoredAnswer | undefined> {
    const made = await this.database.query(
      `insert into platform.idempotency_key as k (actor, key, request_hash) values ($1, $2, $3)
       on conflict (actor, key) do update set created_at = now()
         where k.status is null and k.request_hash = excluded.request_hash and k.created_at < now() - interval '1 minute'
       returning key`,
      [actor, key, hash],
    );
    if (made.length === 1) return undefined;
    const sql = 'select request_hash, status, response from platform.idempotency_key where actor = $1 and key = $2';
    const [stored] = await this.database.query<StoredAnswer>(sql, [actor, key]);
    return stored;
  }

  private async store(context: ExecutionContext, actor: string, key: string, answer: unknown): Promise<unknown> {
    const { statusCode } = context.switchToHttp().getResponse<FastifyReply>();
    await this.database.query('update platform.idempotency_key set status = $3, response = $4 where actor = $1 and key = $2', [
      actor, key, statusCode, JSON.stringify(answer ?? null),
    ]);
    return answer;
  }
}
