// Counts of a test run: read from what every Jest process and the node test runner wrote, summed, shown.
import { table } from './table.mjs';

export const noCounts = { passed: 0, failed: 0, skipped: 0 };

/** Counts of one Jest results file. A suite that could not run at all counts as a failure. */
export function jestCounts(results) {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** Counts in the last lines of the TAP output of `node --test`. */
export function tapCounts(text) {
  const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}

export function sumCounts(all) {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    noCounts,
  );
}

/** Table of the projects and, as its last line, the sum. */
export function report(byProject) {
  const rows = byProject.map(({ project, counts }) => [
    project,
    ...(counts ? [counts.passed, counts.failed, counts.skipped].map(String) : ['no tests', '', '']),
  ]);
  const sum = sumCounts(byProject.map(({ counts }) => counts ?? noCounts));
  const lines = table([['project', 'passed', 'failed', 'skipped'], ...rows]);
  return { sum, text: `${lines}\n\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n` };
}

/** A run is good when something passed, nothing failed and every target ended well. */
export const isGood = (sum, targetsGood) => targetsGood && sum.failed === 0 && sum.passed > 0;
