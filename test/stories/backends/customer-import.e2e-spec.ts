import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PasswordRetentionSweep } from '../../../src/customer/index.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const IMPORT = '/customer/acme/customers/import';
const RETENTION = '/customer/acme/config/password-migration-retention';
const PASSWORD = 'moved-Secret-2026';
const A_DAY = 86_400;

describe('A backend brings customers in from another system', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let hash: string;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    hash = await bcrypt(PASSWORD, 4);
  });
  afterAll(() => shop.close());

  const legacyOf = (name: string) => ({
    id: name,
    firstName: name,
    account: { email: `${name}@acme.test`, legacyAuth: { algorithm: 'bcrypt', hash } },
  });
  const logIn = async (name: string) =>
    (await shop.visitor()).post('/customer/acme/login', { email: `${name}@acme.test`, password: PASSWORD });
  const dayIn = (days: number) =>
    new Date(shop.clock.now().getTime() + days * A_DAY * 1000).toISOString().slice(0, 10);
  const later = async (days: number) => {
    shop.clock.advanceSeconds(days * A_DAY);
    staff = await shop.service();
    await shop.app.get(PasswordRetentionSweep).sweep();
  };

  it('each by itself, with a hash of the password, which the first login replaces', async () => {
    const moved = { id: 'mona', contactEmail: 'Mona@acme.test', preferredSite: 'main' };
    const account = { email: 'mona@acme.test', passwordHash: hash };
    const { body } = await staff
      .post(IMPORT, [
        { ...moved, account },
        { account: { email: 'nora@acme.test' } },
        { account: { ...account, legacyAuth: { algorithm: 'bcrypt', hash } } },
        { ...moved, account: { ...account, email: 'other@acme.test' } },
        { account: { email: 'olga@acme.test', passwordHash: '1:10000:abcdefgh:ijklmnop' } },
        legacyOf('petra'),
        'nonsense',
      ])
      .expect(207);
    expect(body[0]).toEqual({ index: 0, id: 'mona', code: 201, status: 'Created' });
    const exactly = expect.stringContaining("Exactly one of 'passwordHash' or 'legacyAuth'");
    expect(body.slice(1)).toMatchObject([
      { index: 1, code: 400, status: 'Bad Request', message: exactly },
      { code: 400, message: exactly },
      { code: 400, message: expect.stringContaining('contactEmail') },
      { code: 400, message: expect.stringContaining('passwordHash') },
      { code: 400, message: expect.stringContaining('password-migration-retention') },
      { index: 6, code: 400 },
    ]);
    const again = (await staff.post(IMPORT, [{ account }]).expect(207)).body;
    expect(again).toMatchObject([{ code: 409, status: 'Conflict' }]);
    expect((await logIn('mona')).status).toBe(200);
    expect((await logIn('nora')).status).toBe(401);
    expect((await staff.get('/customer/acme/customers/mona').expect(200)).body).toMatchObject(moved);
  });

  it('in one list of at most 200', async () => {
    await staff.post(IMPORT, { account: {} }).expect(400);
    await staff
      .post(
        IMPORT,
        Array.from({ length: 201 }, () => ({})),
      )
      .expect(400);
    expect((await staff.post(IMPORT, []).expect(207)).body).toEqual([]);
  });

  it('says how long passwords are kept that came for a time', async () => {
    await staff.get(RETENTION).expect(404);
    for (const wrong of ['2026-13-01', 'tomorrow', '2020-01-01', dayIn(0), 7]) {
      await staff.post(RETENTION, { retentionEndDate: wrong }).expect(400);
    }
    const wish = { retentionEndDate: dayIn(30), emailReminderDate: dayIn(40) };
    await staff.post(RETENTION, wish).expect(400);
    const set = {
      retentionEndDate: dayIn(30),
      emailReminderDate: dayIn(23),
      emailNotificationsEnabled: true,
    };
    const { body } = await staff.post(RETENTION, { retentionEndDate: dayIn(30) }).expect(200);
    expect(body).toEqual(set);
    expect((await staff.get(RETENTION).expect(200)).body).toEqual(set);
    await staff.delete(RETENTION).expect(204);
    await staff.delete(RETENTION).expect(204);
    await staff.post(RETENTION, set).expect(200);
  });

  it('with hashes for that time, and does not forget it while there are any', async () => {
    const unknown = legacyOf('quinn');
    unknown.account.legacyAuth.algorithm = 'hybris-sha512-uid-salt';
    const { body } = await staff
      .post(IMPORT, [legacyOf('petra'), legacyOf('rosa'), legacyOf('sara'), unknown])
      .expect(207);
    expect(body.map(({ code }: { code: number }) => code)).toEqual([201, 201, 201, 400]);
    expect(body[3].message).toContain('algorithm');
    await staff.delete(RETENTION).expect(400);
    expect((await logIn('petra')).status).toBe(200);
  });

  it('who are reminded once, unless they have logged in', async () => {
    await later(22);
    expect(await mailsTo(shop, 'rosa@acme.test')).toEqual([]);
    await later(1);
    await later(1);
    for (const name of ['rosa', 'sara']) {
      expect(await mailsTo(shop, `${name}@acme.test`)).toMatchObject([{ kind: 'password-expires' }]);
    }
    expect(await mailsTo(shop, 'petra@acme.test')).toEqual([]);
    expect((await logIn('rosa')).status).toBe(200);
  });

  it('and need a new password when the time is over', async () => {
    await later(7);
    await later(1);
    expect((await logIn('sara')).status).toBe(401);
    for (const name of ['mona', 'petra', 'rosa']) expect((await logIn(name)).status).toBe(200);
    const [newest, ...older] = await mailsTo(shop, 'sara@acme.test');
    expect(newest).toMatchObject({ kind: 'password-expired' });
    expect(older).toHaveLength(1);
    expect((await staff.post(IMPORT, [legacyOf('tina')]).expect(207)).body).toMatchObject([{ code: 400 }]);
    await staff.delete(RETENTION).expect(204);
    await staff.get(RETENTION).expect(404);
  });

  it('who need a new password too if the import was under way as the time was taken back', async () => {
    await staff.post(RETENTION, { retentionEndDate: dayIn(30) }).expect(200);
    const create = shop.storage.customers.create.bind(shop.storage.customers);
    vi.spyOn(shop.storage.customers, 'create').mockImplementationOnce(async (...args) => {
      await staff.delete(RETENTION).expect(204);
      return create(...args);
    });
    const { body } = await staff.post(IMPORT, [legacyOf('uma')]).expect(207);
    expect(body).toMatchObject([{ code: 201 }]);
    await later(0);
    expect((await logIn('uma')).status).toBe(401);
    expect(await mailsTo(shop, 'uma@acme.test')).toEqual([]);
  });

  it('only with the scopes for it', async () => {
    const reader = await shop.service('acme-readonly');
    await reader.post(IMPORT, []).expect(403);
    await reader.get(RETENTION).expect(403);
    await reader.delete(RETENTION).expect(403);
  });
});
