import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, freePort, servePeer, USER } from '../lib/peers.js';
import { KEYCLOAK_VERSION } from '../operations/keycloak.js';

/**
 * Keycloak in production mode, with its own database (H2) in `FOLDER`, and one realm with one user. Needs Java 17 or newer, and
 * Maven for the first run, which fetches the distribution (170 MB).
 */
const SHA256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

const REALM = {
  realm: 'acme',
  enabled: true,
  sslRequired: 'none',
  accessTokenLifespan: 3600,
  clients: [{ clientId: 'storefront', publicClient: true, directAccessGrantsEnabled: true }],
  users: [
    {
      username: 'ben',
      email: USER.email,
      firstName: 'Ben',
      lastName: 'Buyer',
      emailVerified: true,
      enabled: true,
      credentials: [{ type: 'password', value: USER.password }],
    },
  ],
};

function distribution() {
  const zip = join(CACHE, `keycloak-quarkus-dist-${KEYCLOAK_VERSION}.zip`);
  if (!existsSync(zip)) {
    process.stderr.write(`Fetching Keycloak ${KEYCLOAK_VERSION} (170 MB, once) into ${CACHE}\n`);
    const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
    mkdirSync(CACHE, { recursive: true });
    execFileSync('mvn', ['-B', '-q', COPY, `-Dartifact=${artifact}`, `-DoutputDirectory=${CACHE}`], {
      stdio: 'inherit',
    });
  }
  const hash = createHash('sha256').update(readFileSync(zip)).digest('hex');
  if (hash === SHA256) return zip;
  rmSync(zip);
  throw new Error(`${zip} was not what was tested, and is removed: its SHA-256 is ${hash}`);
}

const folder = process.env.FOLDER;
execFileSync('python3', ['-m', 'zipfile', '-e', distribution(), folder]);
const home = join(folder, `keycloak-${KEYCLOAK_VERSION}`);
mkdirSync(join(home, 'data/import'), { recursive: true });
writeFileSync(join(home, 'data/import/acme-realm.json'), JSON.stringify(REALM));
const port = await freePort();
const OPTIONS = {
  db: 'dev-file',
  cache: 'local',
  'log-level': 'error',
  'http-enabled': true,
  'http-host': '127.0.0.1',
  'http-port': port,
  'hostname-strict': false,
};
const options = Object.entries(OPTIONS).map(([name, value]) => `--${name}=${value}`);
const java = spawn('bash', [join(home, 'bin/kc.sh'), 'start', '--import-realm', ...options], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
await servePeer(java, `http://127.0.0.1:${port}`, '/realms/acme');
