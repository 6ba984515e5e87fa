import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencies, floats, foreignNames, impureWorkflows, longFiles, messageKeys, sleepingTests, starExports } from '../all.mjs';

const file = (name, text) => [{ name, text }];
const planted = [
  ['floats', floats(file('modules/x/domain/a.ts', 'const a = parseFloat(b);'))],
  ['star exports', starExports(file('workflows/x/src/index.ts', "export * from './a.ts';"))],
  ['chance in a workflow', impureWorkflows(file('workflows/x/src/a.workflow.ts', 'const id = Math.random();'))],
  ['registry host', foreignNames(file('README.md', 'from https://registry.example.org/x'))],
  ['machine path', foreignNames(file('a.ts', "const a = '/root/x';"))],
  ['long file', longFiles(file('modules/x/domain/a.ts', 'x\n'.repeat(401)))],
  ['test that stands alone', sleepingTests(file('a.test.ts', "it.only('x', () => {});"))],
  ['missing translation', messageKeys([{ module: 'x', file: 'messages', uk: { a: '1' }, en: {} }])],
  ['undeclared dependency', dependencies([{ id: 'a', declared: [], plugin: ['b'] }])],
];
for (const [name, found] of planted) test(`finds a planted violation: ${name}`, () => assert.equal(found.length, 1));

test('leaves good code alone', () => {
  assert.deepEqual(floats(file('modules/x/domain/a.ts', '// parseFloat is not used\nconst a = 1;')), []);
  assert.deepEqual(dependencies([{ id: 'a', declared: ['b', 'c'], plugin: ['c', 'b'] }]), []);
});
