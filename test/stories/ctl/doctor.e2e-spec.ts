import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../../support/programs/ctl.js';
import { newMongoUri } from '../../support/store/drivers.js';
import { openShop, OPERATOR_SECRET, type Shop } from '../../support/shop.js';

const ON_MONGO = process.env.TEST_DRIVER === 'mongo';

interface Finding {
  readonly check: string;
  readonly state: string;
  readonly found: string;
  readonly advice?: string;
}

describe('check-config', () => {
  let ctl: Ctl;
  let folder: string;
  beforeAll(() => {
    ctl = Ctl.build();
    folder = mkdtempSync(join(tmpdir(), 'onesession-ctl-'));
  });
  afterAll(() => {
    ctl.remove();
    rmSync(folder, { recursive: true });
  });

  it('says that the settings are good, with the same answer as the service', async () => {
    expect(await ctl.prints(['check-config'])).toBe(
      'The settings are good: development, the embedded store in ./data, 127.0.0.1 port 3000\n',
    );
    expect(await ctl.json(['check-config'])).toEqual({ ok: true, environment: 'development' });
  });

  it('reads the keys of clients in the bootstrap file, and names the field that is wrong', async () => {
    const bootstrap = join(folder, 'keys.json');
    const declare = (fields: object): void => {
      const client = { clientId: 'feed', kind: 'backend', scopes: ['site.site_read'], ...fields };
      writeFileSync(bootstrap, JSON.stringify({ tenants: [{ name: 'acme', clients: [client] }] }));
    };
    const env = { BOOTSTRAP_FILE: bootstrap };
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    declare({ jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x }] } });
    await ctl.prints(['check-config'], { env });
    declare({ jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x, d: 'cHJpdmF0ZQ' }] } });
    const told = await ctl.fails(['check-config'], 2, { env });
    expect(told).toContain('tenants[0].clients[0].jwks.keys[0]');
    expect(told).not.toContain('cHJpdmF0ZQ');
    declare({});
    expect(await ctl.fails(['check-config'], 2, { env })).toContain('tenants[0].clients[0].secret');
  });

  it('names all that is wrong at once, also in the bootstrap file, and never a secret', async () => {
    const bootstrap = join(folder, 'bootstrap.json');
    writeFileSync(bootstrap, '{"tenants": [{"name": "A!"}]}');
    const env = {
      NODE_ENV: 'production',
      PORT: 'x',
      OPERATOR_SECRET: 'short-and-secret',
      BOOTSTRAP_FILE: bootstrap,
    };
    const told = await ctl.fails(['check-config'], 2, { env });
    for (const name of ['PORT', 'OPERATOR_SECRET', 'KEYS_SECRET', 'BOOTSTRAP_FILE'])
      expect(told).toContain(name);
    expect(told).not.toContain('short-and-secret');
    const { error } = JSON.parse((await ctl.run(['check-config', '--json'], { env })).told);
    expect(error.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'BOOTSTRAP_FILE',
      'KEYS_SECRET',
      'OPERATOR_SECRET',
      'PORT',
    ]);
  });

  it('names a variable that is no setting, and the one that is meant', async () => {
    const outcome = await ctl.run(['check-config'], { env: { MONGO_URL: 'mongodb://db/shop' } });
    expect(outcome).toMatchObject({ code: 0, out: expect.stringContaining('the embedded store') });
    expect(outcome.told).toBe('MONGO_URL is no setting, and has no effect. Did you mean MONGODB_URI?\n');
  });

  it.each([
    ['mongodb://user:p@ss:word@db/shop', 'percent-encode'],
    ['mongodb://user:100%@db/shop', 'percent-encode'],
    ['mongodb://db:99999/shop', 'db:99999'],
    ['mongodb://db/shop?replicaset', 'replicaset'],
    ['mongodb://', 'MONGODB_URI'],
  ])('refuses %s, which the driver could not use', async (uri, told) => {
    const message = await ctl.fails(['check-config'], 2, { env: { MONGODB_URI: uri } });
    expect(message).toMatch(/^MONGODB_URI can not be used: /);
    expect(message).toContain(told);
    expect(message).not.toMatch(/p@ss|100%/);
    const { told: beside, out } = await ctl.run(['doctor', '--json'], { env: { MONGODB_URI: uri } });
    expect(beside).toBe('');
    expect(JSON.parse(out).findings[0]).toMatchObject({ check: 'settings', state: 'failed' });
  });

  it('refuses published secrets where others can reach the service', async () => {
    expect(await ctl.fails(['check-config'], 2, { env: { HOST: '0.0.0.0' } })).toContain(
      'acme-backend of acme',
    );
  });

  it('reads a file in place of the environment', async () => {
    const file = join(folder, 'production.env');
    writeFileSync(file, 'NODE_ENV=production\nKEYS_SECRET="a secret of this test"\n');
    const words = ['check-config', '--file', file];
    expect(await ctl.json(words, undefined, { env: { PORT: 'x' } })).toEqual({
      ok: true,
      environment: 'production',
    });
    expect(await ctl.fails([...words, '--file', `${file}.none`], 2)).toBe(
      `${file}.none can't be read: no such file or directory\n`,
    );
  });
});

describe('doctor', () => {
  let shop: Shop;
  let ctl: Ctl;
  let folder: string;
  let app: Server;
  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    folder = mkdtempSync(join(tmpdir(), 'onesession-ctl-'));
    app = createServer((_, response) => response.writeHead(405).end()).listen(0, '127.0.0.1');
    await once(app, 'listening');
    const store: Record<string, string> = ON_MONGO
      ? { MONGODB_URI: newMongoUri() }
      : { DATA_DIR: join(folder, 'shop.data') };
    ctl = Ctl.build({
      ...store,
      ONESESSION_URL: shop.url,
      ONESESSION_CLIENT_ID: 'acme-backend',
      ONESESSION_CLIENT_SECRET: 'acme-backend-secret',
      OPERATOR_SECRET,
    });
  });
  afterAll(async () => {
    app.close();
    ctl.remove();
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  const portOf = (server: Server): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const install = async (port: number) =>
    (await shop.service()).put('/admin/acme/session-apps/banner', {
      url: `http://127.0.0.1:${port}/banner`,
      input: { public: ['utm_campaign'] },
      output: { offers: ['banner'] },
    });
  /** By check. */
  const found = async (env: Record<string, string> = {}, code = 0): Promise<Map<string, Finding>> => {
    const outcome = await ctl.run(['doctor', '--json'], { env });
    const { healthy, findings } = JSON.parse(outcome.out);
    expect({ code: outcome.code, healthy }, outcome.out).toEqual({ code, healthy: code === 0 });
    for (const one of findings)
      expect(typeof one.advice).toBe(/ok|skipped/.test(one.state) ? 'undefined' : 'string');
    return new Map(findings.map((one: Finding) => [one.check, one]));
  };

  it('finds all in order where it is', async () => {
    expect((await install(portOf(app))).status).toBe(200);
    const findings = await found();
    for (const check of [
      'settings',
      'store',
      'service',
      'ready',
      'version',
      'key set',
      'keys',
      'session app banner',
    ]) {
      expect(findings.get(check), check).toMatchObject({ state: 'ok' });
    }
    expect(findings.get('mail')).toMatchObject({ state: 'skipped' });
    // MongoDB knows the size of its disk once there is something in the database.
    if (!ON_MONGO) expect(findings.get('disk')?.found).toMatch(/^\d+ % free/);
    expect(await ctl.run(['doctor'])).toMatchObject({
      out: expect.stringMatching(/^ok +settings: good for/m),
    });
  });

  it('says that the clocks are apart, and what to do', async () => {
    // The clock of the tests is not that of the service's HTTP answers, so another one answers for it.
    const late = createServer((_, response) =>
      response.writeHead(200, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }).end('{}'),
    ).listen(0, '127.0.0.1');
    await once(late, 'listening');
    const { out } = await ctl.run(['doctor', '--json', '--url', `http://127.0.0.1:${portOf(late)}`]);
    late.close();
    expect(out).toContain('Synchronise both machines by NTP');
  });

  it('says what can not be reached: service, mail server, session app', async () => {
    await install(2);
    const smtp = { SMTP_URL: 'smtp://127.0.0.1:2' };
    const findings = await found(smtp, 1);
    expect(findings.get('mail')).toMatchObject({
      state: 'failed',
      found: "127.0.0.1:2 can't be used (nothing listens there, ECONNREFUSED)",
    });
    expect(findings.get('session app banner')).toMatchObject({ state: 'failed' });
    const away = await found({ ONESESSION_URL: 'http://127.0.0.1:2' }, 1);
    expect(away.get('service')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('ECONNREFUSED'),
    });
    expect(away.has('keys')).toBe(false);
  });

  it('says which settings and credentials are wrong, and which are missing', async () => {
    expect((await found({ PORT: 'x' }, 1)).get('settings')).toMatchObject({ state: 'failed' });
    const wrong = { OPERATOR_SECRET: 'not the secret of the operator at all', ONESESSION_CLIENT_ID: '' };
    const findings = await found(wrong, 1);
    expect(findings.get('keys')).toMatchObject({ state: 'failed' });
    expect(findings.get('session apps')).toMatchObject({ state: 'skipped' });
  });

  it('says where the folder of the embedded store can not be', async () => {
    const findings = await found({ MONGODB_URI: '', DATA_DIR: '/etc/hostname/data' }, 1);
    expect(findings.get('store')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('/etc/hostname is a file'),
    });
  });
});
