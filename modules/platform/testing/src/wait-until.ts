import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition, at most `limitMs`; the name of what was waited for is in the error. */
export async function waitUntil<T>(what: string, probe: () => Promise<T | undefined | false> | T | undefined | false, limitMs = 30_000, everyMs = 50): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await pause(everyMs);
  }
}
