import type { BuildOptions, LogLevel, RolldownLog } from 'rolldown';
import { replacePlugin } from 'rolldown/plugins';

/** Machine code, and files beside the code. */
const STAYS_IN_NODE_MODULES = ['lmdb', '@node-rs/argon2', '@node-rs/bcrypt', /^swagger-ui-dist\b/];

/** Nest asks whether they are there. They are not. */
const NOT_INSTALLED = [
  /^@nestjs\/(microservices|websockets|platform-express)\b/,
  /^@fastify\/(multipart|view)$/,
];

/** A package that was not found would be missed only when the service asks for it. */
function refuseWarnings(level: LogLevel, log: RolldownLog): void {
  if (level === 'warn') throw new Error(log.message);
}

/**
 * A program of this repository, with its libraries as a few files. Loaded as the three thousand modules that they are,
 * they make a start take twice as long.
 */
export const buildOptions = (input: string, folder: string) =>
  ({
    input,
    platform: 'node',
    tsconfig: 'tsconfig.json',
    external: [...STAYS_IN_NODE_MODULES, ...NOT_INSTALLED],
    plugins: [
      // What a `require` of a package's own making loads would be there twice: in the bundle and beside it.
      replacePlugin({ 'const require = createRequire(import.meta.url);': '' }, { delimiters: ['', ''] }),
    ],
    output: {
      dir: folder,
      cleanDir: true,
      chunkFileNames: '[name].js',
      // The names of classes are those of the schemas in /openapi.json and of the loggers.
      keepNames: true,
      sourcemap: true,
    },
    onLog: refuseWarnings,
  }) satisfies BuildOptions;
