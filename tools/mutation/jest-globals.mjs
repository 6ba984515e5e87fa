// What pure tests use of `@jest/globals`, kept as a list that can be run again and again in one process.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const { expect } = require('expect');

/** Tests in the order of their files: `{ name, run }`. */
export const tests = [];
const path = [];

export function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}
export function it(name, run) {
  tests.push({ name: [...path, name].join(' › '), run });
}
it.each = (rows) => (name, run) => {
  for (const row of rows) it(name, () => run(...(Array.isArray(row) ? row : [row])));
};
export { it as test };
