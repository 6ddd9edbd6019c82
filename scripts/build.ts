import { build } from 'rolldown';
import { buildOptions } from './build/options.ts';

/** `node scripts/build.ts [INPUT FOLDER]`: the service, or another program of this repository. */
const [input = 'src/main.ts', folder = 'dist'] = process.argv.slice(2);

await build(buildOptions(input, folder));
