import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.js';
import { Program } from './lib/program.js';
import { KEYCLOAK_OPERATIONS, KEYCLOAK_VERSION } from './operations/keycloak.js';
import { KRATOS_OPERATIONS, KRATOS_VERSION } from './operations/kratos.js';
import { HELLO } from './operations/names.js';
import { SERVICE_OPERATIONS } from './operations/service.js';
import { LIBRARY_OPERATIONS } from './operations/session-library.js';
import { VENDURE_OPERATIONS } from './operations/vendure.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const versionOf = (name, folder = '') => {
  const file = at(`${folder}node_modules/${name}/package.json`);
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
};

/**
 * The services that are compared. `start` gets `{ folder, mongo }`: a folder for files, and the address of a mongod if
 * `needs` asks for one. It returns the program, its `url`, and `pid` where another process than the program serves. A
 * contender with `onlyIfNamed` takes minutes to install.
 */
export const CONTENDERS = [
  {
    id: 'bare',
    title: 'bare Fastify',
    operations: [HELLO],
    versions: () => [versionOf('fastify')],
    start: () => started(new Program(at('programs/bare.js'))),
  },
  {
    id: 'embedded',
    title: 'onesession, embedded store',
    operations: SERVICE_OPERATIONS,
    versions: () => [],
    start: async ({ folder, profile }) =>
      startService({ DATA_DIR: await mkdtemp(join(folder, 'data-')) }, { folder, profile }),
  },
  {
    id: 'mongo',
    title: 'onesession, MongoDB',
    operations: SERVICE_OPERATIONS,
    needs: 'mongo',
    versions: () => [],
    start: ({ folder, mongo, profile }) => startService({ MONGODB_URI: mongo }, { folder, profile }),
  },
  {
    id: 'express-session',
    title: 'express-session, connect-mongo',
    operations: LIBRARY_OPERATIONS,
    needs: 'mongo',
    versions: () => ['express', 'express-session', 'connect-mongo'].map((name) => versionOf(name)),
    start: ({ mongo }) =>
      started(new Program(at('programs/express-session.js'), { env: { MONGODB_URI: mongo } })),
  },
  {
    id: 'fastify-session',
    title: '@fastify/session, connect-mongo',
    operations: LIBRARY_OPERATIONS,
    needs: 'mongo',
    versions: () => [versionOf('@fastify/session')],
    start: ({ mongo }) =>
      started(new Program(at('programs/fastify-session.js'), { env: { MONGODB_URI: mongo } })),
  },
  {
    id: 'vendure',
    title: 'Vendure, SQLite in memory',
    operations: VENDURE_OPERATIONS,
    onlyIfNamed: true,
    versions: () => ['@vendure/core', 'sql.js'].map((name) => versionOf(name, 'vendure/')),
    async start({ folder }) {
      install('vendure/');
      const env = {
        NODE_ENV: 'production',
        VENDURE_DISABLE_TELEMETRY: 'true',
        FOLDER: await mkdtemp(join(folder, 'vendure-')),
      };
      return started(new Program(at('vendure/shop.js'), { env }));
    },
  },
  {
    id: 'keycloak',
    title: 'Keycloak, H2',
    operations: KEYCLOAK_OPERATIONS,
    onlyIfNamed: true,
    versions: () => [`Keycloak ${KEYCLOAK_VERSION}`],
    start: ({ folder }) => startPeer('keycloak', folder),
  },
  {
    id: 'kratos',
    title: 'Ory Kratos, SQLite',
    operations: KRATOS_OPERATIONS,
    onlyIfNamed: true,
    versions: () => [`Ory Kratos ${KRATOS_VERSION}`],
    start: ({ folder }) => startPeer('kratos', folder),
  },
];

/** @returns `pid` of the mongod itself as well */
export async function startMongod() {
  const program = new Program(at('programs/mongod.js'), {
    execArgv: [
      '--experimental-transform-types',
      '--disable-warning=ExperimentalWarning',
      '--import',
      at('lib/resolve-ts.js'),
    ],
  });
  return { program, ...(await program.ready()) };
}

/** A program that starts another one, which serves. */
async function startPeer(name, folder) {
  const env = { FOLDER: await mkdtemp(join(folder, `${name}-`)) };
  const program = new Program(at(`programs/${name}.js`), { env });
  return { program, ...(await program.ready()) };
}

async function started(program) {
  return { program, url: await program.ready() };
}

/** As shipped, except for the limits that its demo has for visitors, which would answer 429. */
export async function startService(env, { folder, profile }) {
  const program = new Program(process.env.BENCH_SERVICE ?? at('../dist/main.js'), {
    signal: 'SIGINT',
    execArgv: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
    env: {
      MONGODB_URI: '',
      PORT: '0',
      LOG_LEVEL: 'error',
      RATE_LIMITS: 'off',
      ...(await withImpersonation(folder)),
      ...env,
    },
  });
  return { program, url: await program.ready(addressIn) };
}

/** The demo data, and the sixth of the built-in apps, which is installed by hand. */
async function withImpersonation(folder) {
  const demo = JSON.parse(await readFile(at('../bootstrap/demo.json'), 'utf8'));
  for (const { vtex } of demo.tenants) if (vtex) vtex.impersonateInstalled = true;
  const file = join(folder, 'bootstrap.json');
  await writeFile(file, JSON.stringify(demo));
  return { BOOTSTRAP_FILE: file };
}

/** The service says it in the first line that it writes. */
const addressIn = ({ stdout }) =>
  new Promise((resolve) => {
    stdout.on('data', (text) => {
      const [, url] = /listens on (\S+)/.exec(String(text)) ?? [];
      if (url) resolve(url);
    });
  });
