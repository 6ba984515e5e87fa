import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Environment of the test servers: what `npm test` passed on, or what `npm run stack -- up test` wrote. Benchmarks name
 * the instance `bench`, whose server has the settings of the baselines.
 */
export function testEnv(): Readonly<Record<string, string>> {
  const instance = process.env.KOMPLAT_INSTANCE === 'bench' ? 'bench' : 'test';
  const file = join(process.cwd(), '.komplat', instance, 'stack.env');
  const written = existsSync(file)
    ? Object.fromEntries(
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
    : {};
  const given = process.env.KOMPLAT_INSTANCE === instance ? process.env : {};
  const merged: Record<string, string> = { ...written };
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') merged[name] = value;
  if (!merged.DATABASE_ADMIN_URL) throw new Error(`The ${instance} servers are not running. Start them: npm run stack -- up ${instance}`);
  return merged;
}
