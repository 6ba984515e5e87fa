import type { LawDef } from '@komplat/plugin-api';
import { plugins } from '@komplat/all/server';
import type { Database } from '@komplat/server';
import type { IntakeSite } from './intake-site.ts';

/** What one run of a drill shows. It throws where something does not hold that is no figure. */
export interface DrillResult {
  readonly drill: string;
  readonly seed: number;
  /** Where the blow fell. */
  readonly moment: string;
  /** What was acknowledged, or planned, and is not there. */
  readonly lost: number;
  readonly duplicates: number;
  /** Violations of all laws over the whole database after the drill. */
  readonly laws: number;
  /** From the blow until it works again; `null` where nothing was stopped. */
  readonly backMs: number | null;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface DrillOptions {
  /** Digest of an undisturbed close, when it is known already. */
  readonly expected: string | undefined;
  /** The form of `npm test`: smaller, on a machine that does other work at the same time. */
  readonly short: boolean;
  /** City and API that all intake drills of one command share. */
  readonly intake: () => Promise<IntakeSite>;
}

/** A drill that is ready to be run with one seed after the other. */
export interface DrillSession {
  run(seed: number): Promise<DrillResult>;
  close(): Promise<void>;
}
export type OpenDrill = (options: DrillOptions) => Promise<DrillSession>;

/** A drill that makes everything anew for every seed. */
export const bySeed =
  (run: (seed: number, options: DrillOptions) => Promise<DrillResult>): OpenDrill =>
  (options) =>
    Promise.resolve({ run: (seed) => run(seed, options), close: () => Promise.resolve() });

export function must(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Error(`the drill failed: ${what}`);
}

/** Violations of every law of every module over the whole database. */
export async function lawViolations(database: Database): Promise<number> {
  const laws: readonly LawDef[] = plugins.flatMap((plugin) => plugin.laws ?? []);
  let sum = 0;
  for (const { provider: Provider } of laws) sum += (await new Provider(database).check()).violations;
  return sum;
}

/** Numbers of a seed: the same drill again does the same. */
export function randomOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
