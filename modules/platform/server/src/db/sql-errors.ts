import { DomainError } from '@komplat/kernel';

interface SqlError {
  readonly code: string;
  readonly message: string;
  readonly constraint?: string;
  readonly table?: string;
}
const isSqlError = (error: unknown): error is SqlError =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && 'message' in error;

const RETRIED = new Set(['40001', '40P01']);
const DOWN = new Set(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '08006', '08001', '53300']);

/** Serialisation failure or deadlock: the transaction may be run again as it is. */
export const isRetried = (error: unknown): boolean => isSqlError(error) && RETRIED.has(error.code);

/** The database is not to be reached at the moment; a commit may or may not have happened. */
export const isDown = (error: unknown): boolean =>
  isSqlError(error) &&
  (DOWN.has(error.code) || /Connection terminated|connection timeout|timeout exceeded when trying to connect/i.test(error.message));

/** Refusals of the database that a person can understand; everything else stays as it is. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  if (isDown(error)) return new DomainError('platform.database.unavailable', {}, 503);
  if (!isSqlError(error)) return error;
  if (error.code === 'KP001') return new DomainError('platform.period-not-open', { detail: error.message }, 409);
  if (error.code === 'KP003') return new DomainError('platform.no-open-period', { detail: error.message }, 409);
  if (error.code === '23505') return new DomainError('platform.already-exists', { constraint: error.constraint ?? '' }, 409);
  if (error.code === '23P01') return new DomainError('platform.overlaps', { constraint: error.constraint ?? '' }, 409);
  return error;
}
