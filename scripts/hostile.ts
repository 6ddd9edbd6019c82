import { spawnSync } from 'node:child_process';

/**
 * Builds the service and sends it the worst that its limits let through: bodies on every route that takes one, and slow
 * clients. `--short` is the form for CI: it looks at statuses and sizes, and prints times without judging them.
 */
const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const short = process.argv.includes('--short');
const run = (command: string, all: readonly string[], env = process.env): boolean =>
  spawnSync(command, all, { stdio: 'inherit', env }).status === 0;

const VITEST = ['vitest', 'run', '--config', 'vitest.hostile.config.ts'];
const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/hostile-tests.json'];
const env = { ...process.env, HOSTILE: short ? 'short' : 'full' };
const passed =
  run('npm', ['run', '--silent', 'build']) && run('npx', [...VITEST, ...REPORTERS, ...args], env);
process.exitCode = passed ? 0 : 1;
