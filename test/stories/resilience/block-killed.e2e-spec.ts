import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOptions } from '../../../scripts/build/options.js';
import { newId } from '../../../src/shared/ids.js';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import { asOpened, dropMongo, newMongoUri } from '../../support/store/drivers.js';
import { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { TestClock } from '../../support/test-clock.js';

const PROGRAM = 'test/support/blocking/killed-block.ts';
const PASSWORD = 'mia-likes-rain';
const ME = '/customer/acme/me';
const BLOCKED = { fault: { detail: { errorcode: 'customer.AccountBlocked' } } };
/** More writes than a block of this customer takes. */
const MOST_WRITES = 20;
const PATIENCE_MS = 300_000;

const onMongo = process.env.TEST_DRIVER === 'mongo';

interface Mia {
  readonly path: string;
  readonly email: string;
  readonly devices: readonly CustomerUser[];
}

describe('A block of a customer', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-killed-'));
  const data = join(folder, 'data');
  const uri = onMongo ? newMongoUri() : '';
  // Inside the project, so that Node finds what is not bundled.
  const program = resolve('node_modules/.cache/onesession', `killed-block-${newId()}`);
  const clock = new TestClock();
  let shop: Shop;

  /** Starts an instance on the store as it is. */
  const start = async (): Promise<void> => {
    const storage = onMongo ? MongoStorage.open(uri) : await EmbeddedStorage.open(data);
    if (storage instanceof MongoStorage) await storage.prepare();
    shop = await openShop({ clock, opened: asOpened(storage) });
  };

  beforeAll(async () => {
    await build(buildOptions(PROGRAM, program));
    await start();
  }, PATIENCE_MS);
  afterAll(async () => {
    const { storage } = shop;
    await shop.close();
    if (storage instanceof MongoStorage) await dropMongo(uri, storage);
    for (const one of [folder, program]) rmSync(one, { recursive: true, force: true });
  });

  const signedUp = async (): Promise<Mia> => {
    const email = `mia-${newId()}@acme.test`;
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    const first = await visitor.logIn(email, PASSWORD);
    const { body } = await first.get(ME).expect(200);
    const devices = [first];
    for (let further = 0; further < 2; further += 1)
      devices.push(await (await shop.visitor()).logIn(email, PASSWORD));
    return { path: `/customer/acme/customers/${body.id}`, email, devices };
  };

  /** Blocks her on an instance that is killed at its n-th write, and starts another. @returns whether it was killed */
  const killedAt = async (writes: number, moment: string, { path }: Mia, body: object): Promise<boolean> => {
    const { accessToken: token } = await shop.service();
    await shop.close();
    const child = spawn(process.execPath, [join(program, 'killed-block.js')], {
      env: {
        NODE_ENV: 'test',
        ISSUER: 'http://onesession.test',
        KEYS_SECRET: 'a secret of the tests only',
        LOG_LEVEL: 'fatal',
        REQUEST: JSON.stringify({ path, token, body }),
        WRITES: String(writes),
        MOMENT: moment,
        NOW: clock.now().toISOString(),
        ...(onMongo ? { MONGODB_URI: uri } : { DATA_DIR: data }),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code, signal] = await once(child, 'exit');
    await start();
    if (signal !== 'SIGKILL') expect(code).toBe(0);
    return signal === 'SIGKILL';
  };

  /** The same device. Each instance has an address of its own. */
  const here = ({ accessToken = '', refreshToken, saasToken, sessionId }: CustomerUser): CustomerUser =>
    new CustomerUser(shop.url, 'acme', {
      access_token: accessToken,
      refresh_token: refreshToken,
      saas_token: saasToken,
      session_id: sessionId,
    });

  const at = async ({ path }: Mia): Promise<{ active: boolean; onHold: boolean }> =>
    (await (await shop.service()).get(path).expect(200)).body;

  const expectOut = async ({ email, devices }: Mia, after: string): Promise<void> => {
    for (const device of devices.map(here)) {
      expect((await device.get(ME)).status, after).toBe(401);
      expect((await device.refresh()).status, after).toBe(401);
    }
    const login = { email, password: PASSWORD };
    const { body } = await (await shop.visitor()).post('/customer/acme/login', login).expect(401);
    expect(body, after).toMatchObject(BLOCKED);
  };

  it.each([
    ['active', { active: false }, 'done'],
    ['onHold', { onHold: true }, 'begun'],
  ])('by %s was never made, or holds everywhere after kill -9 [X-03, P-14]', async (_, blocks, moment) => {
    let writes = 0;
    let killed: boolean;
    const made: boolean[] = [];
    do {
      writes += 1;
      const mia = await signedUp();
      killed = await killedAt(writes, moment, mia, blocks);
      const after = `write ${writes} ${moment}`;
      const { active, onHold } = await at(mia);
      const isBlocked = !active || onHold;
      made.push(isBlocked);
      if (!isBlocked) {
        for (const { accessToken } of mia.devices)
          await shop
            .as(accessToken ?? '')
            .get(ME)
            .expect(200);
        await (await shop.service()).patch(mia.path, blocks).expect(200);
      }
      await expectOut(mia, after);
      const { id } = (await shop.storage.customers.findByEmail('acme', mia.email)) ?? {};
      expect(await shop.storage.sessions.idsOfCustomer('acme', id ?? ''), after).toEqual([]);
    } while (killed && writes < MOST_WRITES);
    expect(killed, 'the last one was not killed').toBe(false);
    expect(made.at(-1)).toBe(true);
    // The flag, the end of three sessions, and the note that they have ended.
    expect(writes).toBeGreaterThan(5);
  });
});
