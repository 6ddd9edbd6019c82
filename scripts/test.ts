import { succeeds } from './run/steps.ts';

/**
 * `npm test`: everything that a change must pass, in the order of what it costs. `npm test -- FILE…` runs only the tests
 * of these files, and passes all other arguments on to Vitest.
 */
const args = process.argv.slice(2);

const REPORT = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/tests.json'];

const passed =
  args.length > 0
    ? succeeds('vitest', ['run', ...args])
    : succeeds('npm', ['run', '--silent', 'lint']) &&
      succeeds('npm', ['run', '--silent', 'types']) &&
      succeeds('vitest', ['run', ...REPORT]);
process.exitCode = passed ? 0 : 1;
