import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE, freePort, servePeer, USER } from '../lib/peers.js';
import { KRATOS_VERSION } from '../operations/kratos.js';

/**
 * Ory Kratos with its database (SQLite) in `FOLDER`, one user, and passwords hashed with the parameters that onesession uses. Needs
 * Go and a C compiler for the first run, which builds it.
 */
const MODULE = `github.com/ory/kratos@v${KRATOS_VERSION}`;
const SUM = 'h1:XOw84ToAxLDb5K5Xv/Qspk0vzlBq+6zgz2TufVg4kkU=';

/** Its module replaces others, which `go install` refuses: so it is built from a copy of its sources. */
function binary() {
  const built = join(CACHE, `kratos-${KRATOS_VERSION}`);
  if (existsSync(built)) return built;
  process.stderr.write(`Building Ory Kratos ${KRATOS_VERSION} (some minutes, once) into ${CACHE}\n`);
  const sources = mkdtempSync(join(tmpdir(), 'kratos-'));
  try {
    const { Dir, Sum } = JSON.parse(
      execFileSync('go', ['mod', 'download', '-json', MODULE], { encoding: 'utf8' }),
    );
    if (Sum !== SUM) throw new Error(`${MODULE} is not what was tested: its sum is ${Sum}`);
    cpSync(Dir, sources, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', sources]);
    mkdirSync(CACHE, { recursive: true });
    execFileSync('go', ['build', '-tags', 'sqlite', '-o', built, '.'], { cwd: sources, stdio: 'inherit' });
    return built;
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

const SCHEMA = {
  $id: 'person',
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        email: {
          type: 'string',
          format: 'email',
          'ory.sh/kratos': { credentials: { password: { identifier: true } } },
        },
      },
      required: ['email'],
    },
  },
};

const program = binary();
const folder = process.env.FOLDER;
const [port, adminPort] = [await freePort(), await freePort()];
const [url, admin] = [port, adminPort].map((one) => `http://127.0.0.1:${one}`);
const config = {
  version: `v${KRATOS_VERSION}`,
  dsn: `sqlite://${folder}/kratos.sqlite?_fk=true&_journal_mode=WAL&_busy_timeout=20000&_txlock=immediate`,
  log: { level: 'panic' },
  serve: {
    public: { base_url: url, host: '127.0.0.1', port },
    admin: { host: '127.0.0.1', port: adminPort },
  },
  selfservice: {
    default_browser_return_url: url,
    methods: { password: { enabled: true, config: { haveibeenpwned_enabled: false } } },
  },
  identity: {
    default_schema_id: 'person',
    schemas: [{ id: 'person', url: `base64://${Buffer.from(JSON.stringify(SCHEMA)).toString('base64')}` }],
  },
  secrets: { cookie: ['a secret of the benchmark'] },
  hashers: {
    algorithm: 'argon2',
    argon2: { memory: '19MB', iterations: 2, parallelism: 1, salt_length: 16, key_length: 32 },
  },
  courier: { smtp: { connection_uri: 'smtp://127.0.0.1:1/' } },
};

async function addUser() {
  const { email, password } = USER;
  const identity = {
    schema_id: 'person',
    traits: { email },
    credentials: { password: { config: { password } } },
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${admin}/admin/identities`, {
    method: 'POST',
    headers,
    body: JSON.stringify(identity),
  });
  if (answer.status !== 201) throw new Error(`adding a user: ${answer.status} ${await answer.text()}`);
}

const file = join(folder, 'kratos.json');
writeFileSync(file, JSON.stringify(config));
execFileSync(program, ['migrate', 'sql', '--yes', '-c', file, '--read-from-env'], {
  env: { ...process.env, DSN: config.dsn },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const kratos = spawn(program, ['serve', '--dev', '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
await servePeer(kratos, url, '/health/ready', addUser);
