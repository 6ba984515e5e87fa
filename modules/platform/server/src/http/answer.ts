import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { specOf } from './input.ts';

/** Cuts the answer to what its schema shows: a field that is not documented cannot leak. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { response } = specOf(context);
    if (response === 'file' || response === 'raw') return next.handle();
    return next.handle().pipe(map((answer: unknown) => response.parse(answer)));
  }
}
