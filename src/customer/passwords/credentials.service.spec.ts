import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenIn } from '../../../test/support/data/mails.js';
import { RecordedOutbox } from '../../../test/support/events/recorded-outbox.js';
import { RecordedSessions } from '../../../test/support/records/recorded-sessions.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import type { Letter } from '../../mail/index.js';
import { newId } from '../../shared/ids.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { TenantService } from '../../tenant/index.js';
import { CustomerService } from '../accounts/customer.service.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { CustomerNotFound } from '../customer.errors.js';
import type { Customer } from '../customer.types.js';
import { CustomerMailWriter } from '../mails/customer-mail-writer.js';
import { BrowserCookies } from './browser-cookies.js';
import { CredentialsService } from './credentials.service.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';

const PASSWORD = 'a fine password';

describe('Credentials', () => {
  const passwords = new PasswordService();
  let folder: string;
  let storage: EmbeddedStorage;
  let passwordHash: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credentials-'));
    storage = await EmbeddedStorage.open(folder);
    passwordHash = await passwords.hash(PASSWORD);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  let anna: Customer;
  let clock: TestClock;
  let sessions: RecordedSessions;
  let outbox: RecordedOutbox;
  let writer: CustomerMailWriter;
  let credentials: CredentialsService;
  let customers: CustomerService;
  beforeEach(async () => {
    const id = newId();
    clock = new TestClock();
    anna = {
      tenant: 'acme',
      id,
      email: `${id}@acme.test`,
      passwordHash,
      groups: [],
      addresses: [],
      mixins: {},
      createdAt: clock.now(),
      version: 1,
    };
    await storage.customers.create(anna);
    sessions = new RecordedSessions();
    outbox = new RecordedOutbox();
    const tenants = new TenantService(storage.tenants, readConfig({ NODE_ENV: 'test' }), clock);
    writer = new CustomerMailWriter(storage.customers, tenants, clock);
    const changes = new CredentialChanges(storage.customers, sessions, outbox.service, clock);
    credentials = new CredentialsService(storage.customers, passwords, changes, outbox.service, clock);
    customers = new CustomerService(storage.customers, passwords, changes, tenants, clock);
  });

  const logsIn = async (password: string): Promise<boolean> =>
    customers.checkPassword('acme', anna.email, password).then(
      () => true,
      () => false,
    );
  /** Writes the newest mail request and returns its letter. */
  const mailed = async (): Promise<Letter | undefined> => {
    const request = outbox.posted.at(-1);
    return request && writer.write(request, clock.now());
  };
  const mailedToken = async (): Promise<string> => {
    await credentials.requestReset('acme', anna.email);
    return tokenIn((await mailed())?.text ?? '');
  };

  describe('are checked', () => {
    it('by e-mail address in any case, with spaces around it', async () => {
      const found = await customers.checkPassword('acme', ` ${anna.email.toUpperCase()} `, PASSWORD);
      expect(found.id).toBe(anna.id);
    });

    it('and refused alike for a wrong password, an unknown e-mail address and another tenant [W-15, P-04]', async () => {
      const refusals = await Promise.allSettled([
        customers.checkPassword('acme', anna.email, 'a wrong password'),
        customers.checkPassword('acme', 'nobody@acme.test', PASSWORD),
        customers.checkPassword('globex', anna.email, PASSWORD),
        customers.checkPassword('acme', 'x'.repeat(5000), PASSWORD),
        customers.checkPassword('acme', '', ''),
      ]);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ reason: { kind: 'unauthenticated', fault: 'wrong-credentials' } });
      }
    });

    it('and the time of the login is recorded without changing the version of the profile', async () => {
      expect(await customers.recordLogin(anna)).toBe(true);
      expect(await customers.find('acme', anna.id)).toEqual({ ...anna, lastLogin: clock.now() });
      expect(await customers.recordLogin({ ...anna, id: 'nobody' })).toBe(false);
    });
  });

  describe('of an account that nobody has activated', () => {
    beforeEach(async () => {
      await storage.customers.change('acme', anna.id, (current) => ({ ...current, unconfirmed: true }));
    });

    it('open nothing, and only somebody who knows the password is told why', async () => {
      const known = customers.checkPassword('acme', anna.email, PASSWORD);
      await expect(known).rejects.toMatchObject({ fault: 'not-opted-in' });
      const guessed = customers.checkPassword('acme', anna.email, 'a wrong password');
      await expect(guessed).rejects.toMatchObject({ fault: 'wrong-credentials' });
    });

    it('are removed when an identity provider vouches for the e-mail address, as a stranger may have chosen them', async () => {
      const { customer, account } = await customers.findOrCreate('acme', { email: anna.email });
      expect(account).toBe('unproven');
      expect(customer).toMatchObject({ id: anna.id, emailConfirmedAt: clock.now() });
      expect(customer).not.toHaveProperty('unconfirmed');
      expect(customer).not.toHaveProperty('passwordHash');
      expect(await logsIn(PASSWORD)).toBe(false);
    });
  });

  describe('are changed', () => {
    const me = () => ({ tenant: 'acme', id: anna.id, sessionId: 'this one', grant: 'these tokens' });

    it('by somebody who knows the current password, which ends the sessions on other devices [W-21, P-14]', async () => {
      await credentials.change(me(), PASSWORD, 'another fine one');
      expect(await logsIn('another fine one')).toBe(true);
      expect(await logsIn(PASSWORD)).toBe(false);
      const { sessionId, grant } = me();
      expect(sessions.ended).toEqual([['acme', anna.id, { sessionId, grant }]]);
    });

    it('and the owner is told of it, at the e-mail of that time', async () => {
      await credentials.change(me(), PASSWORD, 'another fine one');
      const about = (await customers.find('acme', anna.id))?.credentialChanges?.ids[0];
      const notice = {
        tenant: 'acme',
        kind: 'password-changed',
        customerId: anna.id,
        email: anna.email,
        about,
      };
      expect(outbox.posted).toEqual([notice]);
      expect((await mailed())?.to).toBe(anna.email);
    });

    it('by no customer who is not there any more', async () => {
      const gone = credentials.change({ ...me(), id: newId() }, PASSWORD, 'another fine one');
      await expect(gone).rejects.toThrow(CustomerNotFound);
    });

    it('and the browser that asked for it gets a new cookie', async () => {
      const renewed: unknown[] = [];
      const cookies: BrowserCookies = { renew: async (...call) => void renewed.push(call) };
      const [request, reply] = [{} as FastifyRequest, {} as FastifyReply];
      const body = { currentPassword: PASSWORD, newPassword: 'another fine one' };
      await new PasswordController(credentials, cookies).change(me(), body, request, reply);
      expect(renewed).toEqual([[request, reply, me()]]);
      expect(await logsIn('another fine one')).toBe(true);
    });

    it('by nobody else: a wrong current password is named, and nothing ends', async () => {
      const change = credentials.change(me(), 'a wrong password', 'another fine one');
      await expect(change).rejects.toMatchObject({
        kind: 'invalid',
        message: 'currentPassword: is not the password of this account',
      });
      expect(await logsIn(PASSWORD)).toBe(true);
      expect(sessions.ended).toEqual([]);
    });

    it('only to a strong password', async () => {
      const change = credentials.change(me(), PASSWORD, 'password1');
      await expect(change).rejects.toMatchObject({ kind: 'invalid', problems: [{ field: 'newPassword' }] });
    });

    it('once: of two concurrent changes with the same password, one wins', async () => {
      const tries = await Promise.allSettled([
        credentials.change(me(), PASSWORD, 'the first new one'),
        credentials.change(me(), PASSWORD, 'the second new one'),
      ]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('which voids a reset that was asked for earlier', async () => {
      const token = await mailedToken();
      await credentials.change(me(), PASSWORD, 'another fine one');
      await expect(credentials.reset('acme', token, 'by an old mail')).rejects.toThrow(/^token: /);
    });
  });

  describe('are reset', () => {
    it('with the mailed token, once, which ends all sessions [W-21, P-14]', async () => {
      const token = await mailedToken();
      expect(outbox.posted).toEqual([{ tenant: 'acme', kind: 'password-reset', email: anna.email }]);
      await credentials.reset('acme', token, 'another fine one');
      expect(await logsIn('another fine one')).toBe(true);
      expect(sessions.ended).toEqual([['acme', anna.id, undefined]]);
      expect(outbox.posted.at(-1)).toMatchObject({ kind: 'password-changed', email: anna.email });
      await expect(credentials.reset('acme', token, 'and once more')).rejects.toThrow(/^token: /);
    });

    it('by only one of two concurrent uses of the token', async () => {
      const token = await mailedToken();
      const tries = await Promise.allSettled([
        credentials.reset('acme', token, 'the first new one'),
        credentials.reset('acme', token, 'the second new one'),
      ]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('within the hour, and only with the newest token', async () => {
      const first = await mailedToken();
      const second = await mailedToken();
      await expect(credentials.reset('acme', first, 'another fine one')).rejects.toThrow(/^token: /);
      clock.advanceSeconds(3600);
      await expect(credentials.reset('acme', second, 'another fine one')).rejects.toThrow(/^token: /);
      const third = await mailedToken();
      clock.advanceSeconds(3599);
      await credentials.reset('acme', third, 'another fine one');
    });

    it('not with a weak password, and the token stays valid for a better one', async () => {
      const token = await mailedToken();
      const reset = credentials.reset('acme', token, anna.email);
      await expect(reset).rejects.toMatchObject({ kind: 'invalid', problems: [{ field: 'password' }] });
      await credentials.reset('acme', token, 'another fine one');
    });

    it('not with a token of another tenant or customer, or a made-up one', async () => {
      const token = await mailedToken();
      const [, secret] = token.split('.');
      await expect(credentials.reset('globex', token, 'another fine one')).rejects.toThrow(/^token: /);
      for (const forged of [
        '',
        '.',
        token.slice(1),
        token.slice(0, -1),
        `${newId()}.${secret}`,
        `${anna.id}.`,
      ]) {
        await expect(credentials.reset('acme', forged, 'another fine one'), forged).rejects.toThrow(
          /^token: /,
        );
      }
    });

    it('from a record that does not contain the token itself', async () => {
      const [, secret] = (await mailedToken()).split('.');
      const stored = await storage.customers.find('acme', anna.id);
      expect(stored?.passwordReset?.hash).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(stored)).not.toContain(secret);
    });

    it('at the site that was asked from, by e-mail in whatever case', async () => {
      const controller = new PasswordController(credentials, Object.create(BrowserCookies.prototype));
      await controller.requestReset('acme', { email: ` ${anna.email.toUpperCase()}`, site: 'us' });
      expect(outbox.posted).toStrictEqual([
        { tenant: 'acme', kind: 'password-reset', email: anna.email, site: 'us' },
      ]);
      await controller.requestReset('acme', { email: anna.email });
      expect(outbox.posted[1]).toStrictEqual({ tenant: 'acme', kind: 'password-reset', email: anna.email });
      const token = tokenIn((await mailed())?.text ?? '');
      await controller.reset('acme', { token, password: 'another fine one' });
      expect(await logsIn('another fine one')).toBe(true);
    });

    it('for nobody by an unknown e-mail address, with the same answer and no mail [P-56]', async () => {
      expect(await credentials.requestReset('acme', 'nobody@acme.test')).toBeUndefined();
      expect(await mailed()).toBeUndefined();
      await credentials.requestReset('globex', anna.email);
      expect(await mailed()).toBeUndefined();
    });
  });
});
