import { build, type LogLevel, type RolldownLog } from 'rolldown';
import { replacePlugin } from 'rolldown/plugins';

/**
 * `node scripts/build.ts [INPUT FOLDER]` bundles the service, or another program of this repository, with its libraries
 * into a few files. Loaded as its three thousand separate modules, it would take twice as long to start.
 */
const [input = 'src/main.ts', folder = 'dist'] = process.argv.slice(2);

/** Packages with machine code or with files beside the code. */
const STAYS_IN_NODE_MODULES = ['lmdb', '@node-rs/argon2', /^swagger-ui-dist\b/];

/** Optional packages that Nest looks for. They are not installed. */
const NOT_INSTALLED = [
  /^@nestjs\/(microservices|websockets|platform-express)\b/,
  /^@fastify\/(multipart|view)$/,
];

/** Fails the build on a warning: a missing package would otherwise be noticed only when the service needs it. */
function refuseWarnings(level: LogLevel, log: RolldownLog): void {
  if (level === 'warn') throw new Error(log.message);
}

await build({
  input,
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [...STAYS_IN_NODE_MODULES, ...NOT_INSTALLED],
  plugins: [
    // Whatever a package's own `require` loads would be there twice: in the bundle and beside it.
    replacePlugin({ 'const require = createRequire(import.meta.url);': '' }, { delimiters: ['', ''] }),
  ],
  output: {
    dir: folder,
    cleanDir: true,
    chunkFileNames: '[name].js',
    // Class names become the names of schemas in /openapi.json and of loggers.
    keepNames: true,
    sourcemap: true,
  },
  onLog: refuseWarnings,
});
