import { basename } from 'node:path';
import { type Plugin, watch } from 'rolldown';
import { buildOptions } from './build/options.ts';
import { watchPages } from './dev/pages.ts';
import { ServiceProcess } from './dev/service-process.ts';

/**
 * `npm run dev`: builds the service and starts it, and does both again after each change. A build that fails leaves the
 * last good service running. The console is built again too. Settings are environment variables, as for `npm start`.
 * Tests name another program and other pages.
 */
const [input = 'src/main.ts', folder = 'reports/dev', pages = 'console'] = process.argv.slice(2);

/** Everything but our own code and the helpers of the compiler: libraries do not change, and take most of a build. */
const LIBRARIES = /^(?!@oxc-project\/)[@a-z]/;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const service = new ServiceProcess(`${folder}/${basename(input, '.ts')}.js`, print);
let libraries: readonly string[] = [];
let changedAt: number | undefined;
let starting = Promise.resolve();

/** What the service loads from node_modules when it starts. */
const noteLibraries: Plugin = {
  name: 'note-libraries',
  generateBundle(_options, bundle) {
    const imports = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.imports : []));
    libraries = [...new Set(imports)].filter((name) => !(name in bundle));
  },
};

async function start(): Promise<void> {
  const since = changedAt;
  changedAt = undefined;
  if (!(await service.restart(libraries))) return;
  if (since === undefined) print('Watching src/ and console/. Ctrl-C ends it.');
  else print(`Restarted in ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

const { output, plugins, ...options } = buildOptions(input, folder);
const watcher = watch({
  ...options,
  external: LIBRARIES,
  plugins: [...plugins, noteLibraries],
  // A service that is just starting still reads the files of the build before.
  output: { ...output, cleanDir: false },
});
watcher.on('change', (path) => {
  changedAt ??= performance.now();
  print(`Changed: ${path.replace(`${process.cwd()}/`, '')}`);
});
watcher.on('event', async (event) => {
  if (event.code === 'ERROR') {
    changedAt = undefined;
    print(`${event.error.message}\nNot built. Waiting for a change.`);
    await event.result.close();
  }
  if (event.code === 'BUNDLE_END') {
    await event.result.close();
    starting = starting.then(start);
  }
});

const watchedPages = await watchPages(pages, print);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all([service.stop(), watcher.close(), watchedPages.close()]);
  process.exit(0);
}

process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
