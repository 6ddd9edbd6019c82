import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../shared/ids.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { TestClock } from '../../test/support/test-clock.js';
import { CredentialsService } from './credentials.service.js';
import { CustomerService } from './customer.service.js';
import type { Customer } from './customer.types.js';
import { LogMailOutbox } from './log-mail-outbox.js';
import { OtherSessions } from './other-sessions.js';
import { PasswordService } from './password.service.js';

class RecordedSessions extends OtherSessions {
  readonly ended: unknown[] = [];
  override async endOthersOf(...call: [string, string, string?]): Promise<void> {
    this.ended.push(call);
  }
}

const PASSWORD = 'a fine password';

/** What the service logs, instead of the console. */
const logged: unknown[] = [];
const record = (...parts: unknown[]) => void logged.push(...parts);

describe('Credentials', () => {
  const passwords = new PasswordService();
  let folder: string;
  let storage: EmbeddedStorage;
  let passwordHash: string;
  beforeAll(async () => {
    Logger.overrideLogger({ log: record, warn: record, error: record });
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
  let outbox: LogMailOutbox;
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
    outbox = new LogMailOutbox();
    credentials = new CredentialsService(storage.customers, passwords, sessions, outbox, clock);
    customers = new CustomerService(storage.customers, passwords, clock);
  });

  const logsIn = async (password: string): Promise<boolean> =>
    customers.checkPassword('acme', anna.email, password).then(
      () => true,
      () => false,
    );
  const mailedToken = async (): Promise<string> => {
    await credentials.requestReset('acme', anna.email);
    await credentials.beforeApplicationShutdown();
    return outbox.mails[0]?.token ?? '';
  };

  describe('are checked', () => {
    it('by e-mail in whatever case, with spaces around it', async () => {
      const found = await customers.checkPassword('acme', ` ${anna.email.toUpperCase()} `, PASSWORD);
      expect(found.id).toBe(anna.id);
    });

    it('and refused alike for a wrong password, an unknown e-mail and another tenant [W-15]', async () => {
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

    it('and the time of the login is noted, which is no change of the profile', async () => {
      await customers.recordLogin('acme', anna.id);
      expect(await customers.find('acme', anna.id)).toEqual({ ...anna, lastLogin: clock.now() });
      await customers.recordLogin('acme', 'nobody');
    });
  });

  describe('are changed', () => {
    const me = () => ({ tenant: 'acme', id: anna.id, sessionId: 'this one' });

    it('by who knows the current password; the sessions on other devices end [W-21]', async () => {
      await credentials.change(me(), PASSWORD, 'another fine one');
      expect(await logsIn('another fine one')).toBe(true);
      expect(await logsIn(PASSWORD)).toBe(false);
      expect(sessions.ended).toEqual([['acme', anna.id, 'this one']]);
    });

    it('by nobody else: a wrong current password is named, and nothing ends', async () => {
      const change = credentials.change(me(), 'a wrong password', 'another fine one');
      await expect(change).rejects.toMatchObject({
        kind: 'invalid',
        problems: [{ field: 'currentPassword' }],
      });
      expect(await logsIn(PASSWORD)).toBe(true);
      expect(sessions.ended).toEqual([]);
    });

    it('to a strong password only', async () => {
      const change = credentials.change(me(), PASSWORD, 'password1');
      await expect(change).rejects.toMatchObject({ kind: 'invalid', problems: [{ field: 'newPassword' }] });
    });

    it('once: of two at a time that know the same password, one wins', async () => {
      const tries = await Promise.allSettled([
        credentials.change(me(), PASSWORD, 'the first new one'),
        credentials.change(me(), PASSWORD, 'the second new one'),
      ]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('and a reset that was asked for before is void', async () => {
      const token = await mailedToken();
      await credentials.change(me(), PASSWORD, 'another fine one');
      await expect(credentials.reset('acme', token, 'by an old mail')).rejects.toThrow(/^token: /);
    });
  });

  describe('are reset', () => {
    it('with the token of the mail, once; all sessions end [W-21]', async () => {
      const token = await mailedToken();
      expect(outbox.mails[0]).toMatchObject({ tenant: 'acme', to: anna.email, kind: 'password-reset' });
      await credentials.reset('acme', token, 'another fine one');
      expect(await logsIn('another fine one')).toBe(true);
      expect(sessions.ended).toEqual([['acme', anna.id]]);
      await expect(credentials.reset('acme', token, 'and once more')).rejects.toThrow(/^token: /);
    });

    it('by one of two that use the token at once', async () => {
      const token = await mailedToken();
      const tries = await Promise.allSettled([
        credentials.reset('acme', token, 'the first new one'),
        credentials.reset('acme', token, 'the second new one'),
      ]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('within the hour, and with the newest token only', async () => {
      const first = await mailedToken();
      const second = await mailedToken();
      await expect(credentials.reset('acme', first, 'another fine one')).rejects.toThrow(/^token: /);
      clock.advanceSeconds(3600);
      await expect(credentials.reset('acme', second, 'another fine one')).rejects.toThrow(/^token: /);
      const third = await mailedToken();
      clock.advanceSeconds(3599);
      await credentials.reset('acme', third, 'another fine one');
    });

    it('not with a weak password; the token stays good for a better one', async () => {
      const token = await mailedToken();
      const reset = credentials.reset('acme', token, anna.email);
      await expect(reset).rejects.toMatchObject({ kind: 'invalid', problems: [{ field: 'password' }] });
      await credentials.reset('acme', token, 'another fine one');
    });

    it('not with a token of another tenant, of another customer, or made up', async () => {
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

    it('from a record that does not hold the token itself', async () => {
      const [, secret] = (await mailedToken()).split('.');
      const stored = await storage.customers.find('acme', anna.id);
      expect(stored?.passwordReset?.hash).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(stored)).not.toContain(secret);
    });

    it('for nobody by an unknown e-mail: the same answer, and no mail', async () => {
      expect(await credentials.requestReset('acme', 'nobody@acme.test')).toBeUndefined();
      await credentials.requestReset('globex', anna.email);
      await credentials.beforeApplicationShutdown();
      expect(outbox.mails).toEqual([]);
    });
  });

  it('and tokens to reset them stay out of the log, and so does to whom they went', async () => {
    const token = await mailedToken();
    expect(logged.join('\n')).toContain('password-reset');
    for (const secret of [token, token.split('.')[1], anna.email])
      expect(logged.join('\n')).not.toContain(secret);
  });

  it('leave at most a hundred mails to be looked at, the newest first', async () => {
    const mail = (token: string) =>
      ({ tenant: 'acme', to: anna.email, kind: 'password-reset', token }) as const;
    for (let i = 1; i <= 101; i += 1) await outbox.send(mail(`token ${i}`));
    expect(outbox.mails).toHaveLength(100);
    expect(outbox.mails[0]?.token).toBe('token 101');
  });
});
