// Files of pure rules that are mutated by `npm run mutate`, with the tests that must notice.
// `target`: the least share of mutants of all files with this target that tests must notice.
const debt = (name, ...tests) => ({ file: `modules/debt/domain/${name}.ts`, tests: tests.map((test) => `modules/debt/domain/${test}.test.ts`), target: 0.85 });
const billing = (file, ...tests) => ({ file: `modules/billing/${file}.ts`, tests: tests.map((test) => `modules/billing/${test}.test.ts`), target: 0.8 });

export const FILES = [
  debt('days', 'terms', 'method-bureau'),
  debt('working-calendar', 'terms'),
  debt('deadline', 'terms'),
  debt('limitation', 'terms'),
  debt('penalty', 'penalty'),
  debt('balance-periods', 'method-bureau', 'penalty'),
  debt('index-table', 'index-table', 'method-act'),
  debt('index-load', 'index-load'),
  debt('law-trace', 'method-act', 'method-bank'),
  debt('method-act', 'method-act'),
  debt('method-bureau', 'method-bureau'),
  debt('method-bank', 'method-bank'),
  debt('claim-advice', 'claim-advice'),
  debt('territory-lines', 'territory-lines'),
  { file: 'modules/legal/domain/court-fee.ts', tests: ['modules/legal/domain/court-fee.test.ts'], target: 0.85 },
  billing('contract/allocate', 'test/allocate', 'domain/pure-rules'),
  billing('domain/gap', 'test/gap', 'test/recompute'),
  billing('contract/ratio', 'test/recompute', 'test/gap', 'domain/relief', 'domain/pure-rules'),
  billing('domain/recompute', 'test/recompute', 'test/gap', 'domain/relief', 'domain/pure-rules'),
  billing('domain/relief', 'domain/relief', 'domain/pure-rules'),
  billing('contract/explain-difference', 'contract/explain-difference'),
];
