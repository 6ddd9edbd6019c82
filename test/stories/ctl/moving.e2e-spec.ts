import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { Ctl } from '../../support/programs/ctl.js';
import { asOpened, dropMongo, newMongoUri } from '../../support/store/drivers.js';
import { type CustomerUser, HttpUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { TestClock } from '../../support/test-clock.js';

const MINE = '/session-context/acme/me/context';
const KEYS_SECRET = 'a secret of the tests only';

/** The store that a move goes to: one of the driver under test. */
interface Target {
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<Storage>;
  drop(): Promise<void>;
}

function newTarget(folder: string): Target {
  if (process.env.TEST_DRIVER !== 'mongo') {
    const dataDir = join(folder, 'target');
    return { env: { DATA_DIR: dataDir }, open: () => EmbeddedStorage.open(dataDir), drop: async () => {} };
  }
  const uri = newMongoUri();
  const open = async () => {
    const storage = MongoStorage.open(uri);
    await storage.prepare();
    return storage;
  };
  return { env: { MONGODB_URI: uri }, open, drop: async () => dropMongo(uri, await open()) };
}

/** One process at a time, as one may have the embedded store. */
async function refusal(ctl: Ctl, words: readonly string[]): Promise<string> {
  const { code, out, told } = await ctl.run(words);
  expect({ code, out }, words.join(' ')).toEqual({ code: 1, out: '' });
  return told;
}

describe('An operator moves to another store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-moving-'));
  const source = join(folder, 'source');
  const file = join(folder, 'all.ndjson');
  const target = newTarget(folder);
  let from: Ctl;
  let to: Ctl;
  let visitor: Visitor;
  let anna: CustomerUser;
  let context: object;
  let shop: Shop | undefined;

  beforeAll(async () => {
    from = Ctl.build({ NODE_ENV: 'test', KEYS_SECRET, DATA_DIR: source });
    to = from.with(target.env);
    const opened = asOpened(await EmbeddedStorage.open(source));
    const old = await openShop({ clock: new TestClock(new Date()), opened });
    visitor = await old.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await visitor.put(`${MINE}/attributes/colour`, { value: 'red' });
    context = (await visitor.get(MINE).expect(200)).body;
    anna = await (await old.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await anna.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await old.close();
    const storage = await target.open();
    await storage.tenants.create({ name: 'acme', settings: {} });
    await storage.close();
  });
  afterAll(async () => {
    await shop?.close();
    await target.drop();
    from.remove();
    rmSync(folder, { recursive: true });
  });

  it('who first sees how much there is', async () => {
    const counted = await from.json(['export', file, '--tenant', 'acme', '--dry-run']);
    expect(counted).toEqual({ dryRun: true, counts: { signingKey: 1, customer: 2, cart: 2, session: 2 } });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('and exports it to a file that no other user can read, and that holds no secret', async () => {
    expect(await from.prints(['export', file, '--tenant', 'acme'])).toMatch(/^session +2$/m);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^{"record":"onesession-export","format":1,.*\n(.*\n)+{"record":"end",.*}\n$/);
    for (const secret of [visitor.refreshToken, visitor.accessToken, anna.refreshToken]) {
      expect(text).not.toContain(String(secret).split('.').at(-1));
    }
    expect(await refusal(from, ['export', file])).toContain('overwrites nothing');
    const nowhere = `${file}.none/all.ndjson`;
    expect(await refusal(from, ['export', nowhere])).toContain(`${nowhere}.part: no such file or directory`);
    expect(await refusal(from, ['export', `${file}2`, '--tenant', 'nobody'])).toContain('no tenant nobody');
  });

  it('and sees what would be added', async () => {
    const { dryRun, results } = await to.json(['import', file, '--dry-run']);
    expect(dryRun).toBe(true);
    expect(results).toMatchObject({ session: { added: 2, present: 0 }, customer: { added: 2 } });
    const storage = await target.open();
    expect(await storage.moving.sessions('acme', 10)).toEqual({ rows: [] });
    await storage.close();
  });

  it('and is told what keeps it from being imported, before anything is written', async () => {
    const lines = readFileSync(file, 'utf8');
    const variant = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const cut = variant('cut.ndjson', lines.slice(0, -20));
    expect(await refusal(to, ['import', cut])).toContain('is not complete');
    const odd = variant(
      'odd.ndjson',
      '\n{"record":"customer","tenant":"acme","email":"x@acme.test","passwordHash":"md5"}\n',
    );
    expect(await refusal(to, ['import', odd])).toContain("Line 2 can't be imported: passwordHash");
    const extra = variant('extra.ndjson', '{"record":"session","tenant":"acme","colour":"red"}\n');
    expect(await refusal(to, ['import', extra])).toContain('Line 1');
    const stranger = variant(
      'stranger.ndjson',
      '{"record":"customer","tenant":"nobody","email":"x@x.test"}\n',
    );
    expect(await refusal(to, ['import', stranger])).toContain('no tenant nobody');
    expect(await refusal(to, ['import', join(folder, 'no.ndjson')])).toContain('There is no file');
    const env = { KEYS_SECRET: 'another secret of the tests' };
    expect(await refusal(to.with(env), ['import', file])).toContain('KEYS_SECRET does not open');
    rmSync(`${file}.checkpoint`, { force: true });
  });

  it('and imports it once', async () => {
    const { results } = await to.json(['import', file]);
    expect(results).toEqual({
      signingKey: { added: 1, present: 0, expired: 0, refused: 0 },
      customer: { added: 2, present: 0, expired: 0, refused: 0 },
      cart: { added: 2, present: 0, expired: 0, refused: 0 },
      session: { added: 2, present: 0, expired: 0, refused: 0 },
    });
    expect(await refusal(to, ['import', file])).toContain('was imported already');
    rmSync(`${file}.checkpoint`);
    const again = await to.json(['import', file]);
    expect(again.results).toMatchObject({
      session: { added: 0, present: 2 },
      cart: { added: 0, present: 2 },
    });
  });

  it('without losing a field: exported from there, it is the same', async () => {
    const back = join(folder, 'back.ndjson');
    await to.json(['export', back]);
    const [before, after] = [file, back].map((name) =>
      readFileSync(name, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line)),
    );
    expect(after).toEqual(before);
  });

  it('and brings customers along with hashes of other systems', async () => {
    const passwordHash = (await bcrypt('a fine password', 4)).replace(/^\$2b/, '$2y');
    const emporix = join(folder, 'emporix.ndjson');
    const customer = {
      customerNumber: '10001',
      contactEmail: 'Cora@Acme.test',
      firstName: 'Cora',
      addresses: [{ id: 'a1', country: 'FR', tags: ['SHIPPING'], isDefault: true, metadata: {} }],
      metadata: { createdAt: '2024-05-01T10:00:00.000Z', version: 3 },
      passwordHash,
    };
    writeFileSync(emporix, `${JSON.stringify(customer)}\n`);
    expect((await to.run(['import', emporix, '--from', 'emporix'])).code).toBe(2);
    const words = ['import', emporix, '--from', 'emporix', '--tenant', 'acme'];
    expect((await to.json(words)).results.customer).toMatchObject({ added: 1 });
    const vtex = join(folder, 'vtex.ndjson');
    const address = {
      addressName: 'home',
      street: 'Rua A',
      number: '1',
      postalCode: '05000',
      country: 'BRA',
    };
    const person = {
      userId: 'u-1',
      email: 'davi@acme.test',
      addresses: [address],
      createdIn: '2024-05-01T10:00:00.1234567+00:00',
    };
    writeFileSync(vtex, `${JSON.stringify(person)}\n${JSON.stringify({ ...person, userId: 'u-2' })}\n`);
    const { results } = await to.json(['import', vtex, '--from', 'vtex', '--tenant', 'acme']);
    expect(results.customer).toMatchObject({ added: 1, refused: 1 });
  });

  it('and is told how to go on when an import is interrupted', async () => {
    const many = join(folder, 'many.ndjson');
    const people = Array.from({ length: 30_000 }, (_, i) => ({
      customerNumber: `many-${i}`,
      contactEmail: `many-${i}@acme.test`,
    }));
    writeFileSync(many, people.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const words = ['import', many, '--from', 'emporix', '--tenant', 'acme'];
    const interruptedBy = (signal: NodeJS.Signals, more: readonly string[] = []) => {
      const reached = `${many}.checkpoint`;
      const before = existsSync(reached) ? readFileSync(reached, 'utf8') : '';
      const hasMoved = () => existsSync(reached) && readFileSync(reached, 'utf8') !== before;
      const onStart = (child: ChildProcess) => {
        const watch = setInterval(() => hasMoved() && child.kill(signal), 1);
        child.once('close', () => clearInterval(watch));
      };
      return to.run([...words, ...more], { onStart });
    };
    const advice = 'The same command goes on from there. Do that before you start the service.';
    const said = new RegExp(
      `^The import was interrupted: (\\d+00) records imported\\. ${advice.replaceAll('.', '\\.')}\\n?$`,
    );
    const countIn = (text: string) => Number(said.exec(text)?.[1]);
    const byHand = await interruptedBy('SIGINT');
    expect(byHand).toEqual({ code: null, out: '', told: expect.stringMatching(said) });
    const asJson = await interruptedBy('SIGTERM', ['--json']);
    expect(asJson).toMatchObject({ code: null, out: '' });
    const { error } = JSON.parse(asJson.told);
    expect(error).toEqual({ exitCode: 143, message: expect.stringMatching(said) });
    expect(countIn(error.message)).toBeGreaterThan(countIn(byHand.told));
  });

  it('and nobody was logged out', async () => {
    shop = await openShop({ clock: new TestClock(new Date()), opened: asOpened(await target.open()) });
    const { body } = await new HttpUser(shop.url, visitor.accessToken).get(MINE).expect(200);
    expect(body).toEqual(context);
    const { access_token, refresh_token } = (
      await new Visitor(shop.url, 'acme', visitor.clientId, {
        access_token: visitor.accessToken ?? '',
        refresh_token: visitor.refreshToken,
        sessionId: visitor.sessionId,
      })
        .refresh()
        .expect(200)
    ).body;
    expect(refresh_token).not.toBe(visitor.refreshToken);
    expect((await new HttpUser(shop.url, access_token).get(MINE).expect(200)).body).toEqual(context);
    const here = new HttpUser(shop.url, anna.accessToken);
    expect((await here.get('/customer/acme/me').expect(200)).body).toMatchObject({ firstName: 'Anna' });
    await here.get(`/customer/acme/refreshauthtoken?refreshToken=${anna.refreshToken}`).expect(200);
  });

  it('and a customer from elsewhere logs in with the password that they had: it is hashed anew [P-03, W-15]', async () => {
    if (!shop) return expect.unreachable();
    const { storage } = shop;
    const stored = async () => (await storage.customers.findByLogin('acme', 'cora@acme.test'))?.passwordHash;
    const login = (password: string) =>
      shop?.visitor().then((one) => one.post('/customer/acme/login', { email: 'cora@acme.test', password }));
    expect((await login('a wrong password'))?.status).toBe(401);
    expect(await stored()).toMatch(/^\$2y\$/);
    expect((await login('a fine password'))?.status).toBe(200);
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login('a fine password'))?.status).toBe(200);
    expect((await login('a wrong password'))?.status).toBe(401);
  });
});
