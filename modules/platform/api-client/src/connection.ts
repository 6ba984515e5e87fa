/** Whether the server answers this tab: since when it does not, and when it last did. */
export interface Connection {
  readonly offlineSince: number | undefined;
  readonly lastAnswer: number | undefined;
}

let current: Connection = { offlineSince: undefined, lastAnswer: undefined };
const listeners = new Set<() => void>();

/** Tells of one call: it reached the server or it did not. */
export function reached(answered: boolean, now = Date.now()): void {
  const was = current.offlineSince;
  current = answered
    ? { offlineSince: undefined, lastAnswer: now }
    : { offlineSince: was ?? now, lastAnswer: current.lastAnswer };
  if ((was === undefined) !== (current.offlineSince === undefined)) for (const tell of listeners) tell();
}

/** The connection of this tab; listeners hear only of a change. */
export const connection = {
  subscribe: (tell: () => void): (() => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
  offlineSince: (): number | undefined => current.offlineSince,
  lastAnswer: (): number | undefined => current.lastAnswer,
};
