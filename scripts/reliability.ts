import { spawnSync } from 'node:child_process';
import { forgetFigures, writeFigures } from './reliability/figures.ts';

/**
 * Builds the service and runs the reliability suite on it. The full form then writes what held into its rows of
 * docs/reliability.md, so it can be run in parts: everything but `--short`, the form for CI, goes to vitest
 * (`--project mongo -t 'R2\b'`).
 */
const VITEST = ['vitest', 'run', '--config', 'vitest.reliability.config.ts'];
const REPORTERS = [
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=reports/reliability-tests.json',
];

const run = (command: string, args: readonly string[], env = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const short = process.argv.includes('--short') || process.env.FORM === 'short';
const env = { ...process.env, FORM: short ? 'short' : 'full' };

forgetFigures();
const passed =
  run('npm', ['run', '--silent', 'build']) && run('npx', [...VITEST, ...REPORTERS, ...args], env);
if (!short) writeFigures();
process.exitCode = passed ? 0 : 1;
