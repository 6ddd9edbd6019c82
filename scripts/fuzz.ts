import { spawnSync } from 'node:child_process';

/**
 * Builds the service and lets schemathesis ask it whatever `openapi/openapi.json` allows, and does not allow, on both
 * stores. `--short` is the form for CI. Findings: `reports/fuzz/`.
 */
const short = process.argv.includes('--short');
const run = (command: string, args: readonly string[], env = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const env = { ...process.env, FUZZ: short ? 'short' : 'full' };
const passed =
  run('npm', ['run', '--silent', 'build']) &&
  run('npx', ['vitest', 'run', '--config', 'vitest.fuzz.config.ts'], env);
process.exitCode = passed ? 0 : 1;
