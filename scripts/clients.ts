import { spawnSync } from 'node:child_process';
import { isInstalled } from './supply/installed.ts';

const FOLDER = 'test/clients';

const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/client-tests.json'];

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Installs the clients if they differ from the lock file, builds the service, and runs the clients against it. */
const passed =
  (isInstalled(FOLDER) || run('npm', ['ci', '--ignore-scripts', '--prefix', FOLDER])) &&
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
