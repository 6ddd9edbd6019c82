import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { buildOptions } from './build/options.ts';

/**
 * `node scripts/build.ts` bundles the service and its command line. `node scripts/build.ts INPUT FOLDER` bundles another
 * program of this repository, with its libraries, into a few files. Loaded as its three thousand separate modules, the
 * service would take twice as long to start.
 */
const [input, folder] = process.argv.slice(2);

async function bundle(program: string, into: string): Promise<void> {
  const { output } = await build(buildOptions(program, into));
  for (const file of output) {
    // What names its interpreter is started by its name, as `npx` does.
    if (file.type === 'chunk' && file.code.startsWith('#!')) chmodSync(join(into, file.fileName), 0o755);
  }
}

if (input === undefined || folder === undefined) {
  await bundle('src/main.ts', 'dist');
  // Apart from the service, and after it, because each build empties its folder.
  await bundle('src/ctl/main.ts', 'dist/ctl');
} else {
  await bundle(input, folder);
}
