import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { RecordedOutbox } from '../../../test/support/events/recorded-outbox.js';
import { RecordedSessions } from '../../../test/support/records/recorded-sessions.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import type { Customer } from '../customer.types.js';
import { CredentialChanges } from './credential-changes.service.js';
import { withPassword } from './credentials.rules.js';
import { SessionEnder } from './session-ender.js';

describe('The sessions of a customer whose credentials change', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let sessions: RecordedSessions;
  let outbox: RecordedOutbox;
  let changes: CredentialChanges;
  let ender: SessionEnder;
  let anna: Customer;
  let warned: unknown[][];
  let told: unknown[][];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'session-ends-'));
    storage = await EmbeddedStorage.open(folder);
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    clock = new TestClock();
    sessions = new RecordedSessions();
    outbox = new RecordedOutbox();
    changes = new CredentialChanges(storage.customers, sessions, outbox.service, clock);
    ender = new SessionEnder(storage.customers, changes, clock);
    anna = aCustomer({ createdAt: clock.now() });
    await storage.customers.create(anna);
    [warned, told] = [[], []];
    vi.spyOn(Logger.prototype, 'warn').mockImplementation((...line: unknown[]) => void warned.push(line));
    vi.spyOn(Logger.prototype, 'log').mockImplementation((...line: unknown[]) => void told.push(line));
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    // Leaves nothing for the next test to end.
    for (const { tenant, id } of await storage.customers.withEndingSessions(clock.now(), 100))
      await storage.customers.change(tenant, id, ({ endingSessions: _over, ...rest }) => rest);
  });

  const stored = async () => storage.customers.find('acme', anna.id);
  /** Makes a change whose instance died before it ended the sessions. */
  const left = (seconds = 0) =>
    storage.customers.change('acme', anna.id, (current) =>
      withPassword(current, 'new', { id: 'left', at: new Date(clock.now().getTime() - seconds * 1000) }),
    );

  describe('end with the change', () => {
    const change = (kept?: { sessionId: string; grant?: string }) =>
      changes.make(
        {
          kept,
          mails: (about) => [{ tenant: 'acme', kind: 'password-changed', customerId: anna.id, about }],
        },
        (made) => storage.customers.change('acme', anna.id, (current) => withPassword(current, 'new', made)),
      );

    it('all of them, and its mails name it [X-03]', async () => {
      const written = await change();
      expect(sessions.ended).toEqual([['acme', anna.id, undefined]]);
      expect(written?.endingSessions?.since).toEqual(clock.now());
      const [about] = written?.credentialChanges?.ids ?? [];
      expect(outbox.posted).toMatchObject([{ kind: 'password-changed', about }]);
      expect(about).toMatch(/^[0-9a-f]{24}$/);
      expect(await stored()).not.toHaveProperty('endingSessions');
      expect(await stored()).toMatchObject({ passwordHash: 'new' });
    });

    it('except the one that made it, of which only the id and the grant are stored [X-14]', async () => {
      const me = { sessionId: 'this one', grant: 'these tokens', tenant: 'acme', id: anna.id };
      const { sessionId, grant } = me;
      expect((await change(me))?.endingSessions?.kept).toStrictEqual({ sessionId, grant });
      expect(sessions.ended).toEqual([['acme', anna.id, { sessionId, grant }]]);
      expect((await change({ sessionId }))?.endingSessions?.kept).toStrictEqual({ sessionId });
    });

    it('but not if nothing was changed', async () => {
      const nothing = await changes.make({ mails: () => [] }, async () => anna);
      expect(nothing).toBe(anna);
      expect(await changes.make({ mails: () => [] }, async () => undefined)).toBeUndefined();
      await left();
      await changes.make({ mails: () => [] }, async () => stored());
      expect(sessions.ended).toEqual([]);
      await changes.endSessions(anna);
      expect(sessions.ended).toEqual([]);
    });

    it("once more if it can't be recorded that they have ended", async () => {
      const customer = await left();
      if (!customer) throw new Error('no customer');
      const error = new Error('away');
      const away = vi.spyOn(storage.customers, 'change').mockRejectedValue(error);
      await changes.endSessions(customer);
      away.mockRestore();
      expect(sessions.ended).toHaveLength(1);
      expect(warned).toEqual([[{ err: error }, expect.any(String)]]);
      await ender.pass(0);
      expect(sessions.ended).toHaveLength(2);
      expect(await stored()).not.toHaveProperty('endingSessions');
    });
  });

  describe('that an instance has left over', () => {
    it('are ended by another one, which logs whose they were [X-03]', async () => {
      await left();
      await ender.pass(0);
      expect(sessions.ended).toEqual([['acme', anna.id, undefined]]);
      expect(told).toEqual([[{ tenant: 'acme', customer: anna.id }, expect.any(String)]]);
      expect(await stored()).not.toHaveProperty('endingSessions');
      await ender.pass(0);
      expect(sessions.ended).toHaveLength(1);
    });

    it('are not ended while the request that made the change may still do so', async () => {
      await left(14);
      await ender.pass(15);
      expect(sessions.ended).toEqual([]);
      clock.advanceSeconds(1);
      await ender.pass(15);
      expect(sessions.ended).toHaveLength(1);
    });

    it('wait for the next pass if the store is unavailable', async () => {
      await left();
      const error = new Error('away');
      const away = vi.spyOn(storage.customers, 'withEndingSessions').mockRejectedValue(error);
      await ender.onApplicationBootstrap();
      await ender.onModuleDestroy();
      expect(warned).toEqual([[{ err: error }, expect.any(String)]]);
      away.mockRestore();
      await ender.pass(0);
      expect(sessions.ended).toHaveLength(1);
    });

    it('are looked for every five seconds, and the log tells why that failed', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      await ender.onApplicationBootstrap();
      const error = new Error('away');
      vi.spyOn(storage.customers, 'withEndingSessions').mockRejectedValue(error);
      await vi.advanceTimersByTimeAsync(4_999);
      expect(warned).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(warned).toEqual([[{ err: error }, expect.any(String)]]);
      await ender.onModuleDestroy();
    });
  });

  describe('are checked', () => {
    afterEach(() => vi.useRealTimers());

    it('before the first request, and then every five seconds until the instance stops', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const passes = vi.spyOn(ender, 'pass').mockResolvedValue();
      await ender.onApplicationBootstrap();
      expect(passes.mock.calls).toEqual([[0]]);
      await vi.advanceTimersByTimeAsync(4_999);
      expect(passes).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(5_001);
      expect(passes.mock.calls).toEqual([[0], [15], [15]]);
      await ender.onModuleDestroy();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(passes).toHaveBeenCalledTimes(3);
    });

    it('in one pass after the other, and a stop waits for the one that runs', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      await ender.onApplicationBootstrap();
      let release = () => {};
      const held = new Promise<void>((resolve) => void (release = resolve));
      const passes = vi.spyOn(ender, 'pass').mockReturnValue(held);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(passes).toHaveBeenCalledTimes(1);
      let stopped = false;
      const stop = ender.onModuleDestroy().then(() => void (stopped = true));
      await Promise.resolve();
      expect(stopped).toBe(false);
      release();
      await stop;
      expect(passes).toHaveBeenCalledTimes(1);
    });
  });
});
