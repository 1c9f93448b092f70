/**
 * @typedef {object} TestFile
 * @property {string} status
 * @property {{ status: string }[]} assertionResults
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * Counts vitest's JSON report. What is no test's failure counts as one all the same: a file that could not be loaded,
 * an error outside of tests, a run that crashed (`report` undefined) or that found no test.
 * @param {{ testResults: TestFile[] } | undefined} report
 * @param {number} exitCode of vitest
 * @returns {Tally}
 */
export function tally(report, exitCode) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = tests.filter((status) => status === 'passed').length
  const broken = tests.filter((status) => status === 'failed').length
  const unloaded = files.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const counted = broken + unloaded
  const ranAny = passed + counted > 0
  return {
    passed,
    failed: counted === 0 && (exitCode !== 0 || !ranAny) ? 1 : counted,
    skipped: tests.length - passed - broken,
  }
}

/**
 * The last line of `npm test`.
 * @param {Tally} counts
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
