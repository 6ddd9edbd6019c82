import { spawnSync } from 'node:child_process';

/**
 * `npm test`: everything that a change must pass, in the order of what it costs. `npm test -- FILE…` runs only the tests
 * of these files, and passes all other arguments on to Vitest.
 */
const args = process.argv.slice(2);

/** @returns whether it passed; Ctrl-C counts as a failure */
function run(command: string, ...words: readonly string[]): boolean {
  const { status, error } = spawnSync(command, words, { stdio: 'inherit' });
  if (error) throw error;
  return status === 0;
}

const REPORT = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/tests.json'];

const passed =
  args.length > 0
    ? run('vitest', 'run', ...args)
    : run('npm', 'run', '--silent', 'lint') &&
      run('npm', 'run', '--silent', 'types') &&
      run('vitest', 'run', ...REPORT);
process.exitCode = passed ? 0 : 1;
