import pino, { type Logger } from 'pino';
import { requestId } from './request-context.ts';

/** Fields that may carry persons or secrets never reach the log. */
const REDACTED = [
  'authorization', 'headers.authorization', 'req.headers.authorization', 'cookie', 'password', 'token', 'secret',
  'phone', 'email', 'taxNumber', 'tax_number', 'surname', 'givenName', 'patronymic', 'fullName', 'payerName', 'raw', 'params', '*.params',
];

export const createLogger = (name: string, level: string): Logger =>
  pino({
    name,
    level,
    redact: { paths: REDACTED, censor: '[hidden]' },
    mixin: () => {
      const id = requestId();
      return id ? { requestId: id } : {};
    },
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { type: error.name, message: error.message.slice(0, 300), code: 'code' in error ? String(error.code) : undefined, stack: error.stack?.slice(0, 2000) }
          : { message: 'not an error' },
    },
  });
export type { Logger };
