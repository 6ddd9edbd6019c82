import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Integrity of every package, by its place. */
function packagesIn(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const wanted = Object.entries(packages).filter(
    ([place, { optional }]) => place !== '' && optional !== true,
  );
  return JSON.stringify(wanted.map(([place, { integrity }]) => [place, integrity]).toSorted());
}

function isInstalled(folder) {
  try {
    // Written by `npm ci`: what is installed, in the format of the lock file.
    return (
      packagesIn(`${folder}node_modules/.package-lock.json`) === packagesIn(`${folder}package-lock.json`)
    );
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
  install('');
  run('npm', ['run', '--silent', 'build']);
}

/** What the package of a folder of the benchmark needs, if it is not there as the lock file has it. */
export function install(name) {
  const folder = FOLDER + name;
  if (isInstalled(folder)) return;
  process.stderr.write(`Installing what the service is compared with into bench/${name}node_modules\n`);
  run('npm', ['ci', '--ignore-scripts', '--prefix', folder]);
}
