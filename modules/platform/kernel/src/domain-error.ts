export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>;
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429 | 503;

/**
 * A refusal that a person understands. `code` is stable (`billing.lane.not-open`); the sentence is made from the
 * messages of the module (`error.<code>`) in the reader's language, `params` fill it in.
 */
export class DomainError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly status: ErrorStatus;

  constructor(code: string, params: ErrorParams = {}, status: ErrorStatus = 422) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.params = params;
    this.status = status;
  }
}
export const notFound = (code: string, params: ErrorParams = {}): DomainError => new DomainError(code, params, 404);
export const conflict = (code: string, params: ErrorParams = {}): DomainError => new DomainError(code, params, 409);
export const forbidden = (code: string, params: ErrorParams = {}): DomainError => new DomainError(code, params, 403);
