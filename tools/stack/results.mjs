// Counts of a test run: read from what every Jest process and the node test runner wrote, summed, shown.
import { stripVTControlCharacters } from 'node:util';
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

const SHOWN = 12; // lines of a message: enough for expected and received

/** What failed in one Jest results file, each by name and the beginning of its message, for the end of a long log. */
export function jestFailures(results) {
  return results.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return message ? [failure(name, message)] : [];
    return failed.map(({ fullName, failureMessages }) => failure(`${name}: ${fullName}`, failureMessages.join('\n')));
  });
}

const failure = (name, message) => `FAILED ${name}\n${stripVTControlCharacters(message).split('\n').slice(0, SHOWN).join('\n')}\n`;

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

/** What failed, the table of the projects and, as its last line, the sum. */
export function report(byProject) {
  const rows = byProject.map(({ project, counts }) => [
    project,
    ...(counts ? [counts.passed, counts.failed, counts.skipped].map(String) : ['no tests', '', '']),
  ]);
  const sum = sumCounts(byProject.map(({ counts }) => counts ?? noCounts));
  const lines = table([['project', 'passed', 'failed', 'skipped'], ...rows]);
  const failures = byProject.flatMap((each) => each.failures ?? []).join('\n');
  return { sum, text: `${failures}\n${lines}\n\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n` };
}

/** A run is good when something passed, nothing failed and every target ended well. */
export const isGood = (sum, targetsGood) => targetsGood && sum.failed === 0 && sum.passed > 0;
