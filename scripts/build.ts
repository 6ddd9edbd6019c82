import { build } from 'rolldown';
import { buildOptions } from './build/options.ts';

/**
 * `node scripts/build.ts` bundles the service and its command line. `node scripts/build.ts INPUT FOLDER` bundles another
 * program of this repository, with its libraries, into a few files. Loaded as its three thousand separate modules, the
 * service would take twice as long to start.
 */
const [input, folder] = process.argv.slice(2);

if (input === undefined || folder === undefined) {
  await build(buildOptions('src/main.ts', 'dist'));
  // Apart from the service, and after it, because each build empties its folder.
  await build(buildOptions('src/ctl/main.ts', 'dist/ctl'));
} else {
  await build(buildOptions(input, folder));
}
