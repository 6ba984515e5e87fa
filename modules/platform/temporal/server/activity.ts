import { DomainError } from '@komplat/kernel';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

/**
 * A rule that refuses ends the activity for good: its code is shown and a person decides. A database that is away is
 * no refusal: the activity is tried again until it is back.
 */
export async function activity<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const options = { message: error.code, details: [error.params] };
    throw error.status === 503
      ? ApplicationFailure.create({ ...options, type: 'Unavailable', nonRetryable: false })
      : ApplicationFailure.create({ ...options, type: 'DomainError', nonRetryable: true });
  }
}

/** The server hears at this rhythm that the worker lives, also while one statement or one page runs for long. */
export async function beating<R>(everyMs: number, work: () => Promise<R>): Promise<R> {
  const { attempt } = activityInfo();
  const timer = setInterval(() => heartbeat(attempt), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
