import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { DomainError } from '@komplat/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asDomainError } from '../db/sql-errors.ts';
import type { Logger } from '../logging.ts';
import { localeOf, type Messages } from '../messages.ts';
import { RequestInvalid } from './input.ts';

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'platform.request.invalid',
  404: 'platform.not-found',
  413: 'platform.request.too-large',
  415: 'platform.request.media-type',
  429: 'platform.too-many-requests',
};

/** Every error leaves as problem+json (RFC 9457): stable code, parameters, sentence in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly messages: Messages,
    private readonly log: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Sends what was thrown as problem+json. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = this.understand(asDomainError(thrown));
    if (error.status >= 500) this.log.error({ err: thrown, code: error.code }, 'request failed');
    const locale = localeOf(request.headers['accept-language']);
    const detail = this.messages.text(locale, `error.${error.code}`, error.params);
    if (error.status === 429) void reply.header('retry-after', String(error.params.seconds ?? 60));
    if (error.status === 503) void reply.header('retry-after', '5');
    void reply
      .status(error.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send({
        type: `urn:komplat:${error.code}`,
        title: detail,
        status: error.status,
        code: error.code,
        params: error.params,
        detail,
        requestId: request.id,
        ...(error instanceof RequestInvalid ? { issues: error.issues } : {}),
      });
  }

  private understand(error: unknown): Pick<DomainError, 'code' | 'params'> & { status: number } {
    if (error instanceof DomainError) return error;
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    const code = HTTP_CODES[status];
    if (code) return { code, params: {}, status };
    return { code: 'platform.unexpected', params: {}, status: 500 };
  }
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
