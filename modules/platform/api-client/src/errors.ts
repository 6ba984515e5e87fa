/** What the API answered instead of data. `code` and `params` make the sentence, `requestId` is what a person reports. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;

  constructor(status: number, problem: Problem, requestId: string) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? `http.${status}`;
    this.params = problem.params ?? {};
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? '';
    this.requestId = requestId;
  }
}

/** The server could not be reached at all: nothing was sent or nothing came back. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('offline', { cause });
    this.name = 'OfflineError';
  }
}

/** The sign-in ended before the call was sent: nothing was done. */
export class SignInLostError extends Error {
  constructor(cause: unknown) {
    super('sign-in lost', { cause });
    this.name = 'SignInLostError';
  }
}

/** The body of an `application/problem+json` answer. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly detail?: string;
}
