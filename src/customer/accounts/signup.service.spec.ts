import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aCustomer, aSite } from '../../../test/support/data/builders.js';
import { RecordedOutbox } from '../../../test/support/events/recorded-outbox.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { TenantService, type TenantSettings } from '../../tenant/index.js';
import { DuplicateAccount } from '../customer.errors.js';
import { OptInService } from '../emails/opt-in.service.js';
import { PasswordService } from '../passwords/password.service.js';
import { SignupController } from './signup.controller.js';
import type { SignupDto } from './signup.dto.js';
import { SignupService } from './signup.service.js';

const PASSWORD = 'a fine password';

describe('A sign-up', () => {
  const passwords = new PasswordService();
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let outbox: RecordedOutbox;
  let controller: SignupController;
  let email: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sign-ups-'));
    storage = await EmbeddedStorage.open(folder);
    const tenants: [string, TenantSettings][] = [
      ['acme', {}],
      ['asking', { doubleOptIn: true }],
      ['hiding', { hidesExistingAccounts: true }],
    ];
    for (const [name, settings] of tenants) await storage.tenants.create({ name, settings });
    await storage.sites.create(aSite('main', { default: true }));
    await storage.sites.create(aSite('b2b', { onlyForGroups: ['gold'] }));
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    clock = new TestClock();
    outbox = new RecordedOutbox();
    const { customers, sites } = storage;
    const tenants = new TenantService(storage.tenants, readConfig({ NODE_ENV: 'test' }), clock);
    const signups = new SignupService(customers, sites, passwords, tenants, outbox.service, clock);
    controller = new SignupController(signups, new OptInService(customers, outbox.service, clock));
    email = `${newId()}@acme.test`;
  });

  const signUp = async (over: Partial<SignupDto> = {}, tenant = 'acme') =>
    (await controller.signUp(tenant, { email, password: PASSWORD, ...over })).id;

  it('makes a customer who can log in at once, with an id of their own [W-13]', async () => {
    const id = await signUp({ customerAddress: { country: 'DE' } });
    const customer = await storage.customers.find('acme', id);
    expect(customer).toMatchObject({ id, email, contactEmail: email, createdAt: clock.now(), version: 1 });
    expect(customer).not.toHaveProperty('unconfirmed');
    expect(customer).not.toHaveProperty('emailConfirmedAt');
    expect(await passwords.fits(PASSWORD, customer?.passwordHash)).toBe(true);
    expect(customer?.addresses[0]?.id).not.toBe(id);
    expect(customer?.addresses[0]?.id).toMatch(/^[0-9a-f]{24}$/);
    expect(outbox.posted).toEqual([]);
  });

  it('tells all that is wrong at once, the preferred site too, and makes nobody [W-45]', async () => {
    const wrong = signUp({ password: 'short', customerDetails: { preferredSite: 'mars' } });
    await expect(wrong).rejects.toThrow(InvalidInput);
    await expect(wrong).rejects.toMatchObject({
      problems: [
        { field: 'password', message: 'must have at least 8 characters' },
        { field: 'customerDetails.preferredSite', message: 'must be the code of a site of this tenant' },
      ],
    });
    expect(await storage.customers.findByLogin('acme', email)).toBeUndefined();
    const closed = signUp({ customerDetails: { preferredSite: 'b2b' } });
    await expect(closed).rejects.toThrow(/^customerDetails.preferredSite: /);
    await signUp({ customerDetails: { preferredSite: 'main' } });
  });

  it('is refused for an e-mail that has an account, in whatever spelling [W-13]', async () => {
    await signUp();
    const again = signUp({ email: email.toUpperCase() });
    await expect(again).rejects.toThrow(DuplicateAccount);
    await expect(again).rejects.toThrow(`Duplicate account '${email}' for tenant 'acme'.`);
    expect(outbox.posted).toEqual([]);
  });

  it('is refused for an e-mail whose account was made when fewer spellings were one [F-28]', async () => {
    const local = newId();
    const older = aCustomer({ email: `${local}@bücher.test` });
    await storage.customers.create(older);
    await expect(signUp({ email: `${local}@bücher.test` })).rejects.toThrow(DuplicateAccount);
    expect(await signUp({ email: `${newId()}@bücher.test` })).toMatch(/^[0-9a-f]{24}$/);
  });

  describe('where a double opt-in is asked for', () => {
    it('makes a customer who waits for the link of a mail [W-13]', async () => {
      const customerId = await signUp({}, 'asking');
      expect(await storage.customers.find('asking', customerId)).toMatchObject({ email, unconfirmed: true });
      expect(outbox.posted).toStrictEqual([{ tenant: 'asking', kind: 'opt-in', customerId }]);
    });

    it('tells that there is an account', async () => {
      await signUp({}, 'asking');
      await expect(signUp({}, 'asking')).rejects.toThrow(DuplicateAccount);
    });

    it('may be followed by a request for another mail', async () => {
      await controller.mailAgain('asking', { email: ` ${email.toUpperCase()}` });
      expect(outbox.posted).toEqual([{ tenant: 'asking', kind: 'opt-in', email }]);
    });
  });

  describe('where existing accounts are hidden', () => {
    it('answers the same, and stores the same mails, whether or not there is one [P-56]', async () => {
      const first = await signUp({}, 'hiding');
      const second = await signUp({}, 'hiding');
      expect(await storage.customers.find('hiding', first)).toMatchObject({ email, unconfirmed: true });
      expect(await storage.customers.find('hiding', second)).toBeUndefined();
      expect(outbox.posted).toStrictEqual(
        [first, second].flatMap((customerId) => [
          { tenant: 'hiding', kind: 'opt-in', customerId },
          { tenant: 'hiding', kind: 'already-registered', customerId, email },
        ]),
      );
    });

    it('answers the same for one in an older spelling', async () => {
      const older = aCustomer({ tenant: 'hiding', email: `${newId()}@bücher.test` });
      await storage.customers.create(older);
      const id = await signUp({ email: older.email }, 'hiding');
      expect(id).not.toBe(older.id);
      expect(await storage.customers.find('hiding', id)).toBeUndefined();
    });
  });
});
