import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { tokenIn } from '../../../test/support/data/mails.js';
import { RecordedOutbox } from '../../../test/support/events/recorded-outbox.js';
import { RecordedSessions } from '../../../test/support/records/recorded-sessions.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import type { MailKind } from '../../mail/index.js';
import { newId } from '../../shared/ids.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { TenantService } from '../../tenant/index.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { CustomerNotFound } from '../customer.errors.js';
import type { Customer } from '../customer.types.js';
import { CustomerMailWriter } from '../mails/customer-mail-writer.js';
import { PasswordService } from '../passwords/password.service.js';
import { EmailChangeService } from './email-change.service.js';
import { EmailController } from './email.controller.js';
import { OptInService } from './opt-in.service.js';

const PASSWORD = 'a fine password';
const UNKNOWN = 'token: is unknown, already used or expired: request a new one';
const TAKEN = 'token: is for an e-mail address that another account has: choose another one';

describe('The e-mail of a customer', () => {
  const passwords = new PasswordService();
  let folder: string;
  let storage: EmbeddedStorage;
  let passwordHash: string;
  let clock: TestClock;
  let sessions: RecordedSessions;
  let outbox: RecordedOutbox;
  let writer: CustomerMailWriter;
  let controller: EmailController;
  let optIns: OptInService;
  let anna: Customer;
  let next: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emails-'));
    storage = await EmbeddedStorage.open(folder);
    passwordHash = await passwords.hash(PASSWORD);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    clock = new TestClock();
    sessions = new RecordedSessions();
    outbox = new RecordedOutbox();
    const tenants = new TenantService(storage.tenants, readConfig({ NODE_ENV: 'test' }), clock);
    writer = new CustomerMailWriter(storage.customers, tenants, clock);
    const changes = new CredentialChanges(storage.customers, sessions, outbox.service, clock);
    const service = new EmailChangeService(storage.customers, passwords, changes, outbox.service, clock);
    controller = new EmailController(service);
    optIns = new OptInService(storage.customers, outbox.service, clock);
    anna = aCustomer({ passwordHash, contactEmail: 'mail@acme.test', createdAt: clock.now() });
    next = `${newId()}@acme.test`;
    await storage.customers.create(anna);
  });

  const stored = () => storage.customers.find('acme', anna.id);
  const me = (over: object = {}) => ({
    tenant: 'acme',
    id: anna.id,
    sessionId: 'this one',
    grant: 'these tokens',
    ...over,
  });
  const request = (over: object = {}, by = me()) =>
    controller.request(by, { email: anna.email, password: PASSWORD, newEmail: next, ...over });
  /** Of the newest mail of this kind; undefined when nobody gets it. */
  const mailed = async (kind: MailKind): Promise<{ to: string; token: string } | undefined> => {
    const asked = outbox.posted.findLast((one) => one.kind === kind);
    const letter = asked && (await writer.write(asked, clock.now()));
    return letter && { to: letter.to, token: tokenIn(letter.text) };
  };
  const confirmation = async () => {
    await request();
    return (await mailed('email-change'))?.token ?? '';
  };
  const changed = async () => {
    await controller.confirm('acme', { token: await confirmation() });
    return (await mailed('email-changed'))?.token ?? '';
  };
  const forged = (token: string) => {
    const secret = token.slice(token.indexOf('.'));
    return ['', 'nonsense', `${newId()}${secret}`, `${anna.id}.${'x'.repeat(43)}`];
  };

  describe('is to be changed', () => {
    it('once the link is followed that goes to the new one [W-21]', async () => {
      await request({ newEmail: ` ${next.toUpperCase()} ` });
      expect(outbox.posted).toStrictEqual([
        {
          tenant: 'acme',
          kind: 'email-change',
          customerId: anna.id,
          newEmail: next,
          syncContactEmail: false,
          kept: { sessionId: 'this one', grant: 'these tokens' },
          credentials: expect.any(String),
        },
      ]);
      expect((await mailed('email-change'))?.to).toBe(next);
      expect((await stored())?.email).toBe(anna.email);
    });

    it('with the contact e-mail, if that is asked for', async () => {
      await request({ syncContactEmail: true });
      expect(outbox.posted).toMatchObject([{ syncContactEmail: true }]);
    });

    it('by a token that was made before there were grants', async () => {
      const { grant: _none, ...before } = me();
      await controller.request(before, { email: anna.email, password: PASSWORD, newEmail: next });
      expect(outbox.posted[0]?.kept).toStrictEqual({ sessionId: 'this one' });
    });

    it.each([
      ['email', 'is not the e-mail address of this account', { email: 'ben@acme.test' }],
      ['password', 'is not the password of this account', { password: 'a wrong password' }],
    ])('by nobody whose %s %s, and nothing is mailed [W-45, C-13]', async (field, message, over) => {
      await expect(request(over)).rejects.toMatchObject({ kind: 'invalid', message: `${field}: ${message}` });
      expect(outbox.posted).toEqual([]);
    });

    it('to another one than it is, however it is typed', async () => {
      const same = request({ email: anna.email.toUpperCase(), newEmail: anna.email.toUpperCase() });
      await expect(same).rejects.toThrow(
        'newEmail: is the e-mail address that you already have: send another one',
      );
    });

    it('by no customer who is not there any more', async () => {
      await expect(request({}, me({ id: newId() }))).rejects.toThrow(CustomerNotFound);
      await expect(request({}, me({ tenant: 'globex' }))).rejects.toThrow(CustomerNotFound);
    });

    it('not after five changes that can still be undone [X-03]', async () => {
      const reservedUntil = new Date(clock.now().getTime() + 1000);
      const emailUndos = ['a', 'b', 'c', 'd', 'e'].map((change) => ({
        change,
        email: `${change}@acme.test`,
        reservedUntil,
      }));
      await storage.customers.change('acme', anna.id, (current) => ({ ...current, emailUndos }));
      await expect(request()).rejects.toThrow(/^newEmail: can't be changed yet: /);
      expect(outbox.posted).toEqual([]);
      clock.advanceSeconds(1);
      await request();
    });

    it('without a word to those who ask for one that is taken: then nothing is mailed [P-56]', async () => {
      const ben = aCustomer({ email: next });
      await storage.customers.create(ben);
      expect(await request()).toBeUndefined();
      expect(await mailed('email-change')).toBeUndefined();
    });
  });

  describe('is changed by the mailed token', () => {
    it('once; other sessions end, and the owner of the one before is told how to undo it [X-03]', async () => {
      const token = await confirmation();
      await controller.confirm('acme', { token });
      expect(await stored()).toMatchObject({ email: next, contactEmail: 'mail@acme.test' });
      const kept = { sessionId: 'this one', grant: 'these tokens' };
      expect(sessions.ended).toEqual([['acme', anna.id, kept]]);
      expect((await mailed('email-changed'))?.to).toBe(anna.email);
      await expect(controller.confirm('acme', { token })).rejects.toThrow(UNKNOWN);
    });

    it('by one of two that use it at once', async () => {
      const token = await confirmation();
      const tries = await Promise.allSettled([1, 2].map(() => controller.confirm('acme', { token })));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(tries).toContainEqual(
        expect.objectContaining({ reason: expect.objectContaining({ message: UNKNOWN }) }),
      );
    });

    it('within its day', async () => {
      const token = await confirmation();
      clock.advanceSeconds(86_400);
      await expect(controller.confirm('acme', { token })).rejects.toThrow(UNKNOWN);
    });

    it('not by a token of another tenant or customer, nor by one that is made up', async () => {
      const token = await confirmation();
      await expect(controller.confirm('globex', { token })).rejects.toThrow(UNKNOWN);
      for (const one of forged(token))
        await expect(controller.confirm('acme', { token: one }), one).rejects.toThrow(UNKNOWN);
      expect((await stored())?.email).toBe(anna.email);
    });

    it('not by the token of a request that another one has replaced, even at the same moment [X-03]', async () => {
      const first = await confirmation();
      const before = await stored();
      await confirmation();
      const read = vi.spyOn(storage.customers, 'find').mockResolvedValueOnce(before);
      await expect(controller.confirm('acme', { token: first })).rejects.toThrow(UNKNOWN);
      read.mockRestore();
      expect((await stored())?.email).toBe(anna.email);
    });

    it('not if another customer has got it since: the answer tells what to do', async () => {
      const token = await confirmation();
      await storage.customers.create(aCustomer({ email: next, createdAt: clock.now() }));
      await expect(controller.confirm('acme', { token })).rejects.toMatchObject({
        kind: 'invalid',
        message: TAKEN,
      });
      expect(await stored()).toMatchObject({ email: anna.email });
      expect(sessions.ended).toEqual([]);
    });
  });

  describe('is taken back by its owner', () => {
    it('once: all sessions end, and the mails for a new password and about it follow [X-03]', async () => {
      const token = await changed();
      sessions.ended.length = 0;
      outbox.posted.length = 0;
      await controller.undo('acme', { token });
      expect(await stored()).toMatchObject({ email: anna.email });
      expect(await stored()).not.toHaveProperty('passwordHash');
      expect(sessions.ended).toEqual([['acme', anna.id, undefined]]);
      const change = (await stored())?.credentialChanges?.ids[0];
      expect(outbox.posted).toStrictEqual([
        { tenant: 'acme', kind: 'password-reset', customerId: anna.id, credentials: change },
        { tenant: 'acme', kind: 'email-change-undone', customerId: anna.id, email: next, about: change },
      ]);
      expect((await mailed('password-reset'))?.to).toBe(anna.email);
      await expect(controller.undo('acme', { token })).rejects.toThrow(UNKNOWN);
    });

    it('by one of two that use the token at once', async () => {
      const token = await changed();
      const tries = await Promise.allSettled([1, 2].map(() => controller.undo('acme', { token })));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(tries).toContainEqual(
        expect.objectContaining({ reason: expect.objectContaining({ message: UNKNOWN }) }),
      );
    });

    it('not if the account is gone by then', async () => {
      const token = await changed();
      const gone = vi.spyOn(storage.customers, 'changeEmail').mockResolvedValueOnce(undefined);
      await expect(controller.undo('acme', { token })).rejects.toThrow(/^token: /);
      gone.mockRestore();
    });

    it('within a week, while the e-mail is kept for them', async () => {
      const token = await changed();
      clock.advanceSeconds(7 * 86_400);
      await expect(controller.undo('acme', { token })).rejects.toThrow(UNKNOWN);
      const taken = aCustomer({ email: anna.email, createdAt: clock.now() });
      expect(await storage.customers.create(taken)).toBe(false);
    });

    it('not by a token of another tenant or customer, nor by one that is made up', async () => {
      const token = await changed();
      await expect(controller.undo('globex', { token })).rejects.toThrow(UNKNOWN);
      for (const one of forged(token))
        await expect(controller.undo('acme', { token: one }), one).rejects.toThrow(UNKNOWN);
      expect((await stored())?.email).toBe(next);
    });
  });

  describe('is confirmed by a double opt-in', () => {
    beforeEach(async () => {
      await storage.customers.change('acme', anna.id, (current) => ({ ...current, unconfirmed: true }));
    });
    const optIn = async () => {
      await optIns.requestAgain('acme', ` ${anna.email.toUpperCase()}`);
      return (await mailed('opt-in'))?.token ?? '';
    };

    it('with the token that is mailed again to who waits for it, however the e-mail is typed', async () => {
      const token = await optIn();
      expect(outbox.posted).toEqual([{ tenant: 'acme', kind: 'opt-in', email: anna.email }]);
      const customer = await optIns.activate('acme', token);
      expect(customer).toMatchObject({ id: anna.id, emailConfirmedAt: clock.now(), passwordHash });
      expect(await stored()).not.toHaveProperty('unconfirmed');
      expect(sessions.ended).toEqual([]);
    });

    it('once, within its day, and with the newest token', async () => {
      const first = await optIn();
      const second = await optIn();
      await expect(optIns.activate('acme', first)).rejects.toThrow(UNKNOWN);
      await optIns.activate('acme', second);
      await expect(optIns.activate('acme', second)).rejects.toThrow(UNKNOWN);
      await storage.customers.change('acme', anna.id, (current) => ({ ...current, unconfirmed: true }));
      const third = await optIn();
      clock.advanceSeconds(86_400);
      await expect(optIns.activate('acme', third)).rejects.toThrow(UNKNOWN);
    });

    it('not by a token of another tenant or customer, nor by one that is made up', async () => {
      const token = await optIn();
      await expect(optIns.activate('globex', token)).rejects.toThrow(UNKNOWN);
      for (const one of forged(token))
        await expect(optIns.activate('acme', one), one).rejects.toThrow(UNKNOWN);
      expect(await stored()).toHaveProperty('unconfirmed');
    });

    it('not asked for once more by somebody who has no account', async () => {
      expect(await optIns.requestAgain('acme', 'nobody@acme.test')).toBeUndefined();
      expect(await mailed('opt-in')).toBeUndefined();
    });
  });
});
