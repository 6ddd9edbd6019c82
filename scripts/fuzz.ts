import { spawnSync } from 'node:child_process';

/**
 * Builds the service and lets schemathesis send it requests that `openapi/openapi.json` allows, and requests that it
 * does not, on both stores. `--short` is the form for CI. Findings go to `reports/fuzz/`, test results to
 * `reports/fuzz-tests.json`.
 */
const short = process.argv.includes('--short');
const run = (command: string, args: readonly string[], env = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/fuzz-tests.json'];
const env = { ...process.env, FUZZ: short ? 'short' : 'full' };
const passed =
  run('npm', ['run', '--silent', 'build']) &&
  run('npx', ['vitest', 'run', '--config', 'vitest.fuzz.config.ts', ...REPORTERS], env);
process.exitCode = passed ? 0 : 1;
