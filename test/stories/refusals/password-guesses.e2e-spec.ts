import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordService } from '../../../src/customer/index.js';
import { newId } from '../../../src/shared/ids.js';
import type { Visitor } from '../../support/people/http-user.js';
import { holdMails } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = 'anna@acme.test';
const PASSWORD = 'demo-Anna-2026';
const STRANGER = '203.0.113.66';
const OWNER = '198.51.100.7';

/** Long enough that others arrive meanwhile. */
const HASH_MS = 20;

describe('Somebody guesses passwords a thousand times from one address', () => {
  let shop: Shop;
  let stranger: Visitor;
  let failures = 0;
  beforeAll(async () => {
    shop = await openShop({ env: { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' } });
    stranger = await shop.visitor();
  });
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  afterAll(() => shop.close());

  const login = (visitor: Visitor, from: string, email: string, password: string) =>
    visitor.post('/customer/acme/login', { email, password }).set('x-forwarded-for', from);

  /**
   * Counts hashes instead of computing them, because they take most of a guess's time. @returns the answers and the
   * number of hashes
   */
  async function guess(times: number, atOnce: number, emailOf: (i: number) => string) {
    const hashed = vi
      .spyOn(PasswordService.prototype, 'fits')
      .mockImplementation(() => sleep(HASH_MS, false));
    const answers: Response[] = [];
    while (answers.length < times) {
      const next = Array.from({ length: atOnce }, (_, i) =>
        login(stranger, STRANGER, emailOf(answers.length + i), `a wrong one ${i}`),
      );
      answers.push(...(await Promise.all(next)));
    }
    return { answers, hashes: hashed.mock.calls.length };
  }

  const count = (answers: readonly Response[], status: number) =>
    answers.filter((answer) => answer.status === status).length;

  const expectWaits = (answers: readonly Response[]) => {
    for (const { status, headers, body } of answers.filter((answer) => answer.status !== 401)) {
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(body).toMatchObject({ type: 'too_many_requests' });
    }
  };

  it('for one account: five are checked, then one after each wait, and the others are told to wait [P-53, P-58]', async () => {
    const { answers, hashes } = await guess(1000, 50, () => ANNA);
    failures = hashes;
    expect(hashes).toBeGreaterThanOrEqual(5);
    // The waits double: these take more than two minutes.
    expect(hashes).toBeLessThanOrEqual(5 + 7);
    expect(count(answers, 401)).toBe(hashes);
    expectWaits(answers);
  });

  it('while its owner can log in from another address, but nobody from this one [P-53]', async () => {
    await login(await shop.visitor(), OWNER, ANNA, PASSWORD).expect(200);
    // On a slow machine, the wait of the earlier guesses may be over by now.
    failures += (await guess(20, 20, () => ANNA)).hashes;
    await login(stranger, STRANGER, ANNA, PASSWORD).expect(429);
  });

  it('for a thousand accounts, many at once: three hundred guesses per hour are checked [P-53, X-39]', async () => {
    const { answers, hashes } = await guess(1000, 50, (i) =>
      i === 0 ? 'ben@acme.test' : `${newId()}@acme.test`,
    );
    expect(count(answers, 401)).toBe(hashes);
    expect(hashes).toBe(300 - failures);
    expectWaits(answers);
  });

  it('while the owner of any of them can log in from another address [P-53]', async () => {
    await login(await shop.visitor(), OWNER, 'ben@acme.test', 'demo-Ben-2026').expect(200);
  });
});

describe('Whether an e-mail has an account', () => {
  let shop: Shop;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => shop.close());

  /** Returns each call to the store of customers and to the hasher. */
  async function workOf(path: string, body: object): Promise<readonly string[]> {
    const work: string[] = [];
    holdMails(shop);
    const passwords = shop.app.get(PasswordService);
    const { customers, outbox } = shop.storage;
    const note = (what: object, name: string) => {
      const methods = what as Record<string, (...given: unknown[]) => unknown>;
      const real = methods[name];
      vi.spyOn(methods, name).mockImplementation((...given) => {
        work.push(name);
        return real?.apply(what, given);
      });
    };
    for (const name of ['fits', 'hash']) note(passwords, name);
    for (const name of ['findByEmail', 'create', 'change']) note(customers, name);
    note(outbox, 'add');
    const answer = await visitor.post(path, body);
    vi.restoreAllMocks();
    return [`${answer.status}`, ...work];
  }

  it.each([
    ['a login', '/customer/acme/login', { password: 'a wrong password' }],
    [
      'a login with letters that can be sent in several ways',
      '/customer/acme/login',
      { password: 'gru\u0308n ist gut' },
    ],
    ['the request of a new password', '/customer/acme/password/reset', {}],
    ['the request of another link', '/customer/acme/signup/optin/refresh_token', {}],
  ])('makes no difference to the work of %s [P-04, P-56, W-15]', async (_what, path, body) => {
    const known = await workOf(path, { ...body, email: ANNA });
    const unknown = await workOf(path, { ...body, email: 'nobody@acme.test' });
    expect(known.length).toBeGreaterThan(1);
    expect(unknown).toEqual(known);
  });

  it('is revealed by a sign-up, as in Emporix, but only after a hash [P-04, W-13]', async () => {
    const signUp = (email: string) => workOf('/customer/acme/signup', { email, password: 'mia-likes-rain' });
    const known = await signUp(ANNA);
    const unknown = await signUp(`${newId()}@acme.test`);
    expect([known[0], unknown[0]]).toEqual(['409', '201']);
    expect(known.slice(1)).toEqual(unknown.slice(1));
  });
});
