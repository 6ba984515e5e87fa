'use client';
import { useApi, useRefresh } from '@komplat/api-client';
import { useEffect } from 'react';

const AFTER_FAILURE_MS = 5_000;

/** Waits on the server for a change of the account and then reads the open card again; what is on the screen stays meanwhile. */
export function useLiveCard(number: string, version: string | undefined): void {
  const api = useApi();
  const refresh = useRefresh();
  useEffect(() => {
    if (version === undefined) return undefined;
    const left = new AbortController();
    const listen = async (): Promise<void> => {
      while (!left.signal.aborted) {
        try {
          const path = `billing/accounts/${number}/changes`;
          const answer = await api.call<{ changed: boolean }>(path, { query: { since: version, wait: 25 }, signal: left.signal });
          if (!answer.changed) continue;
          refresh([`billing/accounts/${number}`, `billing/trace`, `registry/accounts/${number}`]);
          return; // the card that is read now brings the next version
        } catch {
          await pause(AFTER_FAILURE_MS, left.signal);
        }
      }
    };
    void listen();
    return () => left.abort();
    // a new version or another account begins anew; the two functions are made at every drawing and do the same
  }, [number, version]);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
