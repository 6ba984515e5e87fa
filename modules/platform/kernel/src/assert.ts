/** A broken invariant of our own code: a bug, never a user's mistake. */
export class AssertionError extends Error {}

/** Stops at once when an invariant of our own code does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
