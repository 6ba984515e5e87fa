import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(process.cwd(), '.komplat', 'test', 'stack.env');

/** Environment of the test servers: what `npm test` passed on, or what `npm run stack -- up test` wrote. */
export function testEnv(): Readonly<Record<string, string>> {
  const written = existsSync(FILE)
    ? Object.fromEntries(
        readFileSync(FILE, 'utf8')
          .split('\n')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
    : {};
  const given = process.env.KOMPLAT_INSTANCE === 'test' ? process.env : {};
  const merged: Record<string, string> = { ...written };
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') merged[name] = value;
  if (!merged.DATABASE_ADMIN_URL) throw new Error('The test servers are not running. Start them: npm run stack -- up test');
  return merged;
}
