import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Figure, withFigures } from './reliability/table.ts';

/**
 * Builds the service and runs the reliability suite on it. The full form then writes what held into its rows of
 * docs/reliability.md, so it can be run in parts: everything but `--short`, the form for CI, goes to vitest
 * (`--project mongo -t 'R2\b'`).
 */
const FIGURES = 'reports/reliability.json';
const PAGE = 'docs/reliability.md';
const VITEST = ['vitest', 'run', '--config', 'vitest.reliability.config.ts'];
const REPORTERS = [
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=reports/reliability-tests.json',
];

const run = (command: string, args: readonly string[], env = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

function writePage(): void {
  const figures: readonly Figure[] = existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : [];
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), figures));
}

const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const short = process.argv.includes('--short') || process.env.RELIABILITY === 'short';
const env = { ...process.env, RELIABILITY: short ? 'short' : 'full' };

rmSync(FIGURES, { force: true });
const passed =
  run('npm', ['run', '--silent', 'build']) && run('npx', [...VITEST, ...REPORTERS, ...args], env);
if (!short) writePage();
process.exitCode = passed ? 0 : 1;
