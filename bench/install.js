import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Integrity of every package, by its place. */
function packagesIn(file) {
  const { packages } = JSON.parse(readFileSync(FOLDER + file, 'utf8'));
  const wanted = Object.entries(packages).filter(
    ([place, { optional }]) => place !== '' && optional !== true,
  );
  return JSON.stringify(wanted.map(([place, { integrity }]) => [place, integrity]).toSorted());
}

function isInstalled() {
  try {
    // As `npm ci` leaves it: what is installed, in the same words.
    return packagesIn('node_modules/.package-lock.json') === packagesIn('package-lock.json');
  } catch {
    return false;
  }
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/** The peers and the generator, where they are not there as the lock file has them; then the service. */
export function prepare() {
  if (!isInstalled()) {
    process.stderr.write('Installing what the service is compared with into bench/node_modules\n');
    run('npm', ['ci', '--ignore-scripts', '--prefix', FOLDER]);
  }
  run('npm', ['run', '--silent', 'build']);
}
