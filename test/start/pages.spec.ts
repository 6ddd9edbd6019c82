import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/bcrypt';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { readConfig } from '../../src/config/config.schema.js';
import { HttpUser, Visitor } from '../support/people/http-user.js';
import { Machine } from '../support/programs/machine.js';

const THIS = 'test/start/pages.spec.ts';
const KEYS_SECRET = 'the secret of the shop';
const MINE = '/session-context/acme/me/context';

const toldBy = (page: string): readonly string[] => blocksFor(THIS, page);

describe('What operators type from other pages', () => {
  let machine: Machine;
  let visitor: Visitor;
  const folder = (name: string): string => join(machine.folder, name);

  beforeAll(async () => {
    machine = await Machine.open('pages');
    await machine.restart({ KEYS_SECRET, DATA_DIR: folder('data') });
    const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
    const { body } = await new HttpUser(machine.url).get(login).expect(200);
    visitor = new Visitor(machine.url, 'acme', 'acme-storefront', body);
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => machine.remove());

  it('has clients sign in place of a secret (docs/clients.md)', async () => {
    const [commands = ''] = toldBy('docs/clients.md');
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    writeFileSync(
      folder('feed.jwks.json'),
      JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] }),
    );
    await machine.type('onesession clients create acme-export --scope site.site_read');
    await machine.type(commands);
    const { items } = JSON.parse(await machine.type('onesession clients list --json'));
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ clientId: 'acme-feed', hasSecret: false, jwks: expect.anything() }),
        expect.objectContaining({
          clientId: 'acme-export',
          hasSecret: false,
          jwksUri: 'https://export.example/jwks.json',
        }),
      ]),
    );
  });

  it('names settings that the service knows (docs/clients.md)', async () => {
    const [, ...settings] = toldBy('docs/clients.md');
    const lines = settings.join('').trim().split('\n');
    const told = Object.fromEntries(lines.map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []));
    expect(Object.keys(told)).toHaveLength(3);
    expect(Object.keys(readConfig({ ...told, KEYS_SECRET }))).toEqual(
      expect.arrayContaining(Object.keys(told)),
    );
    await machine.type(`set -a\n${settings.join('')}\nonesession check-config`);
  });

  it('has its settings checked before it moves (docs/guide/from-emporix.md)', async () => {
    const [commands = ''] = toldBy('docs/guide/from-emporix.md');
    expect(await machine.type(commands)).not.toBe('');
  });

  it('starts a service that has an operator (docs/tenants.md)', async () => {
    const [commands = ''] = toldBy('docs/tenants.md');
    await machine.stop();
    const inBackground = `node ${JSON.stringify(machine.main)} > /dev/null &\ntrap "kill $!; wait $!" EXIT`;
    const said = await machine.type(`
      unset OPERATOR_SECRET KEYS_SECRET
      export DATA_DIR=${folder('tried')}
      ${commands.replace('npm start', inBackground)}
      curl -sS --retry 20 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:3000/health/ready
      curl -fsS http://127.0.0.1:3000/oauth/token -d grant_type=client_credentials -d client_id=operator \\
        --data-urlencode client_secret="$OPERATOR_SECRET"
    `);
    expect(said).toContain('tenant.tenant_manage');
  });

  it('copies the store and goes back to the copy (docs/backup.md)', async () => {
    const [commands = ''] = toldBy('docs/backup.md');
    await machine.restart();
    await machine.type(
      commands.replaceAll('/backups/', `${folder('backups')}/`).replaceAll('/var/lib/', `${folder('lib')}/`),
    );
    await machine.restart({ DATA_DIR: folder('lib/onesession') });
    await visitor.get(MINE).expect(200);
  });

  it('moves to another store, and nobody is logged out (docs/moving.md)', async () => {
    const [commands = ''] = toldBy('docs/moving.md');
    const [exported = '', ...imported] = commands.split(/^(?=onesession)/m);
    await machine.stop();
    await machine.type(exported);
    await machine.restart({ DATA_DIR: folder('moved') });
    await machine.stop();
    expect(await machine.type(imported.join(''))).toMatch(/^session +1 /m);
    await machine.restart();
    await visitor.get(MINE).expect(200);
  });

  it('takes customers of another platform with their passwords (docs/moving.md)', async () => {
    const [, line = ''] = toldBy('docs/moving.md');
    const told = JSON.parse(line);
    const passwordHash = await hash('her old password', 4);
    expect(passwordHash.slice(0, 4)).toBe(told.passwordHash.slice(0, 4));
    writeFileSync(folder('customers.ndjson'), `${JSON.stringify({ ...told, passwordHash })}\n`);
    await machine.stop();
    await machine.type('onesession import customers.ndjson');
    await machine.restart();
    await visitor.logIn(told.email, 'her old password');
  });
});
