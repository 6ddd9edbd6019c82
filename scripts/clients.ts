import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const FOLDER = 'test/clients';
/** As `npm ci` leaves it: what is installed, in the same words. */
const INSTALLED = `${FOLDER}/node_modules/.package-lock.json`;

const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/client-tests.json'];

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Integrity of every package, by its place. */
function packagesIn(file: string): string {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const places = Object.entries<{ integrity?: string; optional?: boolean }>(packages);
  // What is for other machines is in the lock file only.
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

/** Installs the clients where they are not there as the lock file has them, builds the service, and runs one on the other. */
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
