import { spawnSync } from 'node:child_process';
import { forgetFigures, writeFigures } from './reliability/figures.ts';

/**
 * Builds the service and does to it what somebody with bad intentions does. The full form asserts what
 * docs/reliability.md promises and writes what held into its rows; `--short`, the form for CI, asserts statuses and sizes
 * and prints the times. Everything else goes to vitest (`--project mongo -t 'R21\b'`).
 */
const VITEST = ['vitest', 'run', '--config', 'vitest.hostile.config.ts'];
const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/hostile-tests.json'];

const run = (command: string, args: readonly string[], env = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const short = process.argv.includes('--short');
const env = { ...process.env, FORM: short ? 'short' : 'full' };

forgetFigures();
const passed =
  run('npm', ['run', '--silent', 'build']) && run('npx', [...VITEST, ...REPORTERS, ...args], env);
if (!short) writeFigures();
process.exitCode = passed ? 0 : 1;
