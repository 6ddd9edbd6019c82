import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from 'vitest';
import demo from '../../../bootstrap/demo.json' with { type: 'json' };
import { BootstrapService, readBootstrap } from '../../../src/bootstrap/index.js';
import { readConfig, WrongConfiguration } from '../../../src/config/config.schema.js';
import { openShop, type Shop } from '../../support/shop.js';
import { SigningClient } from '../../support/people/signing-client.js';

interface Tenant {
  name: string;
  settings?: object;
  clients: { clientId?: string }[];
  sites: object[];
  customers: object[];
  prices: object[];
  vtex: { campaigns: object[]; regions: object[] };
}
type Tenants = [acme: Tenant, globex: Tenant, ...more: Tenant[]];
type Change = (tenants: Tenants) => void;

const alter = (entries: readonly object[], i: number, values: object): void =>
  void Object.assign(entries[i] ?? {}, values);

const KEY = { kty: 'OKP', crv: 'Ed25519', kid: '2026-01', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const KEYS = { keys: [KEY] };

describe('What a bootstrap file declares', () => {
  let signing: SigningClient;
  let shop: Shop;
  let folder: string;
  let warn: MockInstance;

  /** Starts with a changed demo file. */
  const start = async (change: Change = () => undefined): Promise<void> => {
    const file = join(folder, 'declared.json');
    const tenants = structuredClone(demo.tenants) as unknown as Tenants;
    change(tenants);
    writeFileSync(file, JSON.stringify({ ...demo, tenants }));
    await startWith(file);
  };
  const startWith = async (file: string | undefined): Promise<void> => {
    const declared = file && (await readBootstrap(readConfig({ BOOTSTRAP_FILE: file })));
    await shop.app.get(BootstrapService).load(declared || undefined);
  };
  const warnings = (): string[] => warn.mock.calls.map(([line]) => String(line));

  beforeAll(async () => {
    shop = await openShop();
    folder = mkdtempSync(join(tmpdir(), 'onesession-declared-'));
    const now = (): number => shop.clock.now().getTime() / 1000;
    signing = await SigningClient.of('signing-0', 'http://onesession.test', now);
  });
  beforeEach(() => void (warn = vi.spyOn(Logger.prototype, 'warn')));
  afterEach(() => warn.mockRestore());
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  it('matches the store at the next start, so nothing is logged [F-42]', async () => {
    await start();
    expect(warnings()).toEqual([]);
  });

  it('is compared with the store, and each difference is logged with its place [F-42]', async () => {
    await start(([acme]) => {
      acme.settings = { cartPrices: 'given' };
      const backend = acme.clients.findIndex(({ clientId }) => clientId === 'acme-backend');
      alter(acme.clients, backend, { secret: 'another secret of sixteen', scopes: ['site.site_read'] });
      alter(acme.sites, 1, { name: 'Other', languages: ['en', 'es'] });
      alter(acme.customers, 0, { preferredCurrency: 'EUR', password: 'another-password' });
      alter(acme.prices, 0, { values: [1] });
      alter(acme.vtex.campaigns, 0, { rules: [{ group: 'other' }] });
      acme.vtex.regions.push({ id: 'new', country: 'USA' });
    });
    const lines = warnings();
    expect(lines.map((line) => line.replace('BOOTSTRAP_FILE, ', ''))).toEqual([
      'tenants[0].settings of tenant acme: differs from the store in cartPrices. The store takes precedence',
      expect.stringMatching(
        /^tenants\[0\]\.clients\[\d\] of tenant acme: differs from the store in scopes, secret\./,
      ),
      'tenants[0].sites[1] of tenant acme: differs from the store in name, languages. The store takes precedence',
      'tenants[0].customers[0] of tenant acme: differs from the store in preferredCurrency. The store takes precedence',
      'tenants[0].prices[0] of tenant acme: differs from the store in tierValues. The store takes precedence',
      "tenants[0].vtex.campaigns 'vip' of tenant acme: differs from the store in rules. The store takes precedence",
      "tenants[0].vtex.regions 'new' of tenant acme: is not in the store. The store takes precedence",
    ]);
    for (const secret of ['another secret', 'another-password', 'anna@acme.test']) {
      expect(lines.join('\n')).not.toContain(secret);
    }
  });

  it('does not undo a change made through the API, but logs it [F-42]', async () => {
    const staff = await shop.service();
    const { body: site } = await staff.get('/site/acme/sites/us').expect(200);
    await staff.patch('/site/acme/sites/us', { name: 'Renamed', metadata: site.metadata }).expect(200);
    await start();
    expect(warnings()).toEqual([
      'BOOTSTRAP_FILE, tenants[0].sites[1] of tenant acme: differs from the store in name. The store takes precedence',
    ]);
    expect((await staff.get('/site/acme/sites/us')).body.name).toBe('Renamed');
  });

  it("can't use a client id that another tenant has in the store: nothing is loaded [F-42]", async () => {
    const refused = start((tenants) => {
      const [acme] = tenants;
      const clients = [{ clientId: 'newcomer-storefront', kind: 'storefront' }, ...acme.clients];
      tenants[0] = { ...acme, name: 'newcomer', clients };
    });
    await expect(refused).rejects.toThrow(WrongConfiguration);
    await expect(refused).rejects.toThrow(
      /^BOOTSTRAP_FILE, tenants\[0\]\.clients\[1\]\.clientId: 'acme-\w+' is a client of tenant acme in the store\. Choose/,
    );
    expect(await shop.storage.tenants.find('newcomer')).toBeUndefined();
    expect(await shop.storage.clients.find('newcomer-storefront')).toBeUndefined();
  });

  it.each<[string, Change, RegExp]>([
    [
      'a client id of two tenants',
      ([, globex]) => alter(globex.clients, 0, { clientId: 'acme-storefront' }),
      /^- tenants\[1\]\.clients\[0\]\.clientId: 'acme-storefront' is a client of another tenant: tenants\[0\]\.clients\[0\]\.clientId/m,
    ],
    [
      'a client twice',
      ([{ clients }]) => clients.push({ ...clients[0] }),
      /same as tenants\[0\]\.clients\[0\]\.clientId/,
    ],
    [
      'a tenant twice',
      (tenants) => tenants.push({ ...tenants[0], clients: [] }),
      /same as tenants\[0\]\.name/,
    ],
    ['a site twice', ([{ sites }]) => sites.push({ ...sites[1] }), /same as tenants\[0\]\.sites\[1\]\.code/],
    [
      'a customer twice, in whichever case',
      ([{ customers }]) => customers.push({ ...customers[0], email: 'ANNA@acme.test' }),
      /same as tenants\[0\]\.customers\[0\]\.email/,
    ],
    [
      'two default sites',
      ([acme]) => alter(acme.sites, 1, { default: true }),
      /same as tenants\[0\]\.sites\[0\]\.default/,
    ],
    [
      'a price twice',
      ([{ prices }]) => prices.push({ ...prices[0] }),
      /same as tenants\[0\]\.prices\[0\]\.id/,
    ],
  ])("can't have %s [F-42]", async (_, change, message) => {
    await expect(start(change)).rejects.toThrow(WrongConfiguration);
    await expect(start(change)).rejects.toThrow(message);
  });

  it('may be a backend that authenticates with keys, and has no secret', async () => {
    const { publicJwk } = signing;
    const pem = signing.publicPem;
    const { kid: _none, ...unnamed } = publicJwk;
    const declared = [
      { jwks: { keys: [publicJwk] } },
      { jwks: { keys: [unnamed] }, secret: 'a secret of sixteen' },
      { jwks: { keys: [pem] } },
      { jwksUri: 'https://feed.example/jwks.json' },
    ].map((keys, i) => ({ clientId: `signing-${i}`, kind: 'backend', scopes: ['site.site_read'], ...keys }));
    const declare: Change = ([acme]) => void acme.clients.push(...declared);
    await start(declare);
    const stored = await Promise.all(declared.map(({ clientId }) => shop.storage.clients.find(clientId)));
    const addedAt = shop.clock.now();
    expect(stored).toMatchObject([
      { secrets: [], jwks: { keys: [{ ...publicJwk, addedAt }] } },
      { secrets: [{ hash: expect.any(String) }], jwks: { keys: [{ ...unnamed, addedAt }] } },
      { secrets: [], jwks: { keys: [{ kty: 'EC', kid: await calculateJwkThumbprint(publicJwk), addedAt }] } },
      { secrets: [], jwksUri: 'https://feed.example/jwks.json' },
    ]);
    await shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', ...(await signing.credentials()) })
      .expect(200);
    const ofClients = () => warnings().filter((line) => line.includes('].clients['));
    shop.clock.advanceSeconds(60);
    await start(declare);
    expect(ofClients()).toEqual([]);
    declared[0] = { ...declared[0], jwks: { keys: [unnamed] } } as (typeof declared)[number];
    await start(declare);
    expect(ofClients()).toEqual([
      expect.stringMatching(/clients\[\d+\] of tenant acme: differs from the store in jwks\. The store/),
    ]);
  });

  it('may be the backend that docs/bootstrap.md shows', async () => {
    const [, example = ''] =
      /```json\n(\{\n {2}"clientId"[^`]+)```/.exec(readFileSync('docs/bootstrap.md', 'utf8')) ?? [];
    await start(([acme]) => void acme.clients.push(JSON.parse(example)));
    expect(await shop.storage.clients.find('acme-feed')).toMatchObject({
      jwks: { keys: [KEY] },
      secrets: [],
    });
  });

  it.each<[string, object, RegExp]>([
    ['nothing', {}, /\]\.secret: .*secret, or public keys in jwks or at its jwksUri, to authenticate with$/m],
    ['two kinds of keys', { jwks: KEYS, jwksUri: 'https://a.example/k' }, /\]\.jwksUri: .*left out/],
    ['a key that is private', { jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, /jwks\.keys\[0\].*: .*public key/],
    ['a key that is none', { jwks: { keys: [7] } }, /\]\.jwks\.keys\[0\]/],
    ['a key that is damaged', { jwks: { keys: [{ ...KEY, x: 'AA' }] } }, /jwks\.keys\[0\].*: .*valid key/],
    ['keys of one name', { jwks: { keys: [KEY, KEY] } }, /jwks\.keys: .*kid each/],
    ['no key', { jwks: { keys: [] } }, /\]\.jwks\.keys/],
    ['an address by plain http', { jwksUri: 'http://a.example/k' }, /\]\.jwksUri: .*https address/],
    ['an address with a password', { jwksUri: 'https://a:b@a.example/k' }, /\]\.jwksUri: .*without a user/],
    ['a field that is misspelt', { jwk: KEYS, secret: 'a secret of sixteen' }, /jwk/],
  ])("can't give a backend %s to authenticate with", async (_, fields, message) => {
    const refused = start(([acme]) => {
      const backend = { clientId: 'signing', kind: 'backend', scopes: ['site.site_read'] };
      acme.clients.push({ ...backend, ...fields });
    });
    await expect(refused).rejects.toThrow(WrongConfiguration);
    await expect(refused).rejects.toThrow(message);
  });

  it('is refused with the place of any inconsistency [F-42]', async () => {
    const refused = start(([acme]) =>
      Object.assign(acme.prices[1] ?? {}, { id: 'of-none', priceModelId: 'nowhere' }),
    );
    await expect(refused).rejects.toThrow(WrongConfiguration);
    await expect(refused).rejects.toThrow(/^BOOTSTRAP_FILE, tenants\[0\]\.prices\[1\]: .*priceModel/);
  });

  it('is refused with the line if it is not JSON, and never quoted [F-42]', async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{"tenants": [\n  {"secret": "of nobody",}\n]}');
    await expect(startWith(file)).rejects.toThrow(
      `BOOTSTRAP_FILE ${file} is not valid JSON, at line 2 column`,
    );
    await expect(startWith(file)).rejects.not.toThrow('of nobody');
    await expect(startWith(join(folder, 'none.json'))).rejects.toThrow(
      'can not be read: no such file or directory',
    );
    await expect(startWith('shops/none.json')).rejects.toThrow(
      `BOOTSTRAP_FILE shops/none.json can not be read: no such file or directory. It was looked for at ${resolve('shops/none.json')}: a relative path begins at the working directory`,
    );
    await expect(startWith(folder)).rejects.toThrow('can not be read: illegal operation on a directory');
    writeFileSync(file, `\uFEFF${JSON.stringify(demo)}`);
    await startWith(file);
  });

  it('is optional if the store has a tenant; if it has none, a line says what to do [F-42]', async () => {
    await startWith(undefined);
    expect(warnings()).toEqual([]);
    vi.spyOn(shop.storage.tenants, 'hasAny').mockResolvedValueOnce(false);
    await startWith(undefined);
    expect(warnings()).toEqual([expect.stringMatching(/^There is no tenant.*BOOTSTRAP_FILE/)]);
  });
});
