'use client';
import { useApi, useRefresh } from '@komplat/api-client';
import { useEffect } from 'react';

const AFTER_FAILURE_MS = 5_000;
const LONGEST_WAIT_SECONDS = 25;

/**
 * Waits on the server for a change of the account and then reads the open card again; what is on the screen stays meanwhile. A tab that
 * nobody looks at waits for nothing: browsers have few connections to a server, and it asks as soon as it is looked at.
 */
export function useLiveCard(number: string, version: string | undefined): void {
  const api = useApi();
  const refresh = useRefresh();
  useEffect(() => {
    if (version === undefined) return undefined;
    let turn: AbortController | undefined;
    const listen = async (signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        try {
          const query = { since: version, wait: LONGEST_WAIT_SECONDS };
          const answer = await api.call<{ changed: boolean }>(`billing/accounts/${number}/changes`, { query, signal });
          if (!answer.changed) continue;
          refresh([`billing/accounts/${number}`, 'billing/trace', `registry/accounts/${number}`]);
          return; // the card that is read now brings the next version
        } catch {
          await pause(AFTER_FAILURE_MS, signal);
        }
      }
    };
    const look = (): void => {
      turn?.abort();
      turn = document.visibilityState === 'visible' ? new AbortController() : undefined;
      if (turn) void listen(turn.signal);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      turn?.abort();
    };
    // a new version or another account begins anew; the two functions are made at every drawing and do the same
  }, [number, version]);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
