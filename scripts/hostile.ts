import { spawnSync } from 'node:child_process';

/**
 * Builds the service and does to it what somebody with bad intentions would do. `--short` is the form for CI: it looks at
 * what holds, and prints times without judging them. Everything else goes to vitest.
 */
const args = process.argv.slice(2).map((arg) => (arg === '--short' ? '--mode=short' : arg));
const run = (command: string, all: readonly string[]): boolean =>
  spawnSync(command, all, { stdio: 'inherit' }).status === 0;

const VITEST = ['vitest', 'run', '--config', 'vitest.hostile.config.ts'];
const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/hostile-tests.json'];
const passed = run('npm', ['run', '--silent', 'build']) && run('npx', [...VITEST, ...REPORTERS, ...args]);
process.exitCode = passed ? 0 : 1;
