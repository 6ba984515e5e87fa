// Files of pure rules that are mutated by `npm run mutate`, with the tests that must notice.
const debt = (name, ...tests) => ({ file: `modules/debt/domain/${name}.ts`, tests: tests.map((test) => `modules/debt/domain/${test}.test.ts`) });

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
  { file: 'modules/legal/domain/court-fee.ts', tests: ['modules/legal/domain/court-fee.test.ts'] },
];
/** Least share of mutants that tests must notice. */
export const TARGET = 0.85;
