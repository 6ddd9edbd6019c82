import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const FOLDER = 'test/clients';
/** Written by `npm ci`: what is installed, in the format of the lock file. */
const INSTALLED = `${FOLDER}/node_modules/.package-lock.json`;

const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/client-tests.json'];

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Returns the integrity of every package by its location. */
function packagesIn(file: string): string {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const places = Object.entries<{ integrity?: string; optional?: boolean }>(packages);
  // Optional packages for other machines are only in the lock file.
  const wanted = places.filter(([place, { optional }]) => place !== '' && optional !== true);
  return JSON.stringify(wanted.map(([place, { integrity }]) => [place, integrity]).toSorted());
}

function isInstalled(): boolean {
  try {
    return packagesIn(INSTALLED) === packagesIn(`${FOLDER}/package-lock.json`);
  } catch {
    return false;
  }
}

/** Installs the clients if they differ from the lock file, builds the service, and runs the clients against it. */
const passed =
  (isInstalled() || run('npm', ['ci', '--ignore-scripts', '--prefix', FOLDER])) &&
  run('npx', ['tsc', '-p', `${FOLDER}/tsconfig.json`]) &&
  run('npm', ['run', '--silent', 'build']) &&
  run('npx', [
    'vitest',
    'run',
    '--config',
    'vitest.clients.config.ts',
    ...REPORTERS,
    ...process.argv.slice(2),
  ]);
process.exitCode = passed ? 0 : 1;
