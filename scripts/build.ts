import { build } from 'rolldown';
import { buildOptions } from './build/options.ts';

/**
 * `node scripts/build.ts [INPUT FOLDER]` bundles the service, or another program of this repository, with its libraries
 * into a few files. Loaded as its three thousand separate modules, it would take twice as long to start.
 */
const [input = 'src/main.ts', folder = 'dist'] = process.argv.slice(2);

await build(buildOptions(input, folder));
