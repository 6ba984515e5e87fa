import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnv } from '@komplat/testing';

/** The verifier of another maker, BouncyCastle: what it says about a content and its signature. */
export function verify(content: Uint8Array, signature: Uint8Array): Readonly<Record<string, string>> {
  const { BCPROV_JAR: jar, JAVA_BIN: java } = testEnv();
  if (!jar || !java) throw new Error('NOT RUN: BouncyCastle is missing; start the test servers: npm run stack -- up test');
  const folder = mkdtempSync(join(tmpdir(), 'komplat-cms-'));
  const [file, p7s] = [join(folder, 'content'), join(folder, 'content.p7s')];
  writeFileSync(file, content);
  writeFileSync(p7s, signature);
  const program = new URL('CmsVerify.java', import.meta.url).pathname;
  const lines = execFileSync(java, ['-cp', jar, program, file, p7s], { encoding: 'utf8' }).trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}
