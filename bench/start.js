import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { median } from './median.js';

/** `npm run bench:start`: a start of the bundled service, and one of its separate modules. docs/performance.md. */
const STARTS = 11;
const BUILT = 'dist/main.js';
const MODULES = 'reports/bench/modules';

await build({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: (id) => !/^(\.|\/|src\/|@oxc-project\/)/.test(id),
  output: { dir: MODULES, preserveModules: true, preserveModulesRoot: 'src' },
});

/** Milliseconds until it says that it serves. */
async function startOf(main, dataDir) {
  const began = performance.now();
  const service = spawn(process.execPath, [main], {
    env: { ...process.env, MONGODB_URI: undefined, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(service.stdout, 'data'),
    once(service, 'exit').then(([code]) => Promise.reject(new Error(`${main} ended with ${code}`))),
  ]);
  const took = performance.now() - began;
  service.kill('SIGKILL');
  await once(service, 'exit');
  return took;
}

const seconds = (ms) => (ms / 1000).toFixed(2);

function tell(what, times) {
  const range = `${seconds(Math.min(...times))} to ${seconds(Math.max(...times))} s`;
  process.stdout.write(`${what}: ${seconds(median(times))} s in the median of ${STARTS}, ${range}\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'onesession-start-'));
try {
  const [built, modules] = [[], []];
  // The first loads the demo data.
  await startOf(BUILT, folder);
  for (let i = 0; i < STARTS; i += 1) {
    built.push(await startOf(BUILT, folder));
    modules.push(await startOf(join(MODULES, 'main.js'), folder));
  }
  tell('a start as it is built', built);
  tell('a start of its modules one by one', modules);
  process.stdout.write(`the first is ${(median(built) / median(modules)).toFixed(2)} of the second\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
