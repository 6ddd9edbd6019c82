import type { Response, Test } from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PasswordService } from '../../../src/customer/index.js';
import { LIMITS, RateLimitService } from '../../../src/rate-limit/index.js';
import { newId } from '../../../src/shared/ids.js';
import { Device } from '../../support/people/device.js';
import { HandoverLinks, MAKE, REDEEM } from '../../support/data/handover-links.js';
import type { Visitor } from '../../support/people/http-user.js';
import { MachineTime } from '../../support/programs/machine-time.js';
import { openShop, type Shop } from '../../support/shop.js';

const ON = { RATE_LIMITS: 'on' } as const;
const EMAIL = 'anna@acme.test';
const PASSWORD = 'demo-Anna-2026';

const logIn = (visitor: Visitor, password: string, from?: string, email = EMAIL) => {
  const request = visitor.post('/customer/acme/login', { email, password });
  return from === undefined ? request : request.set('x-forwarded-for', from);
};

/** All at once, so that none of the delays, which start at a second, ends in between. */
const guessAtOnce = async (times: number, guessed: (i: number) => Test): Promise<Response[]> =>
  (await Promise.all(Array.from({ length: times }, (_, i) => guessed(i)))).toSorted(
    (a, b) => a.status - b.status,
  );

const statusesOf = (answers: readonly Response[]) => answers.map(({ status }) => status);

async function guess(visitor: Visitor, times: number, from?: string): Promise<void> {
  for (let i = 1; i <= times; i += 1) await logIn(visitor, `wrong password ${i}`, from).expect(401);
}

describe('Somebody guesses a password through a trusted proxy', () => {
  const STRANGER = '203.0.113.66';
  const OWNER = '198.51.100.7';
  let shop: Shop;
  let visitor: Visitor;
  let time: MachineTime | undefined;
  beforeAll(async () => {
    shop = await openShop({ env: { ...ON, TRUSTED_PROXIES: '127.0.0.1' } });
    visitor = await shop.visitor();
  });
  afterEach(() => time?.goOn());
  afterAll(() => shop.close());

  it('is told how many attempts are left, however the e-mail is typed [W-15]', async () => {
    const first = await logIn(visitor, 'wrong password 1', STRANGER).expect(401);
    expect(first.headers.ratelimit).toMatch(/^limit=5, remaining=4, reset=\d+$/);
    const second = await logIn(visitor, 'wrong password 2', STRANGER, ' ANNA@acme.test ').expect(401);
    expect(second.headers.ratelimit).toMatch(/^limit=5, remaining=3, reset=\d+$/);
  });

  it('has to wait after the fifth wrong one, and the sixth costs no hash [C-13, P-53, P-58]', async () => {
    const hashes = vi.spyOn(shop.app.get(PasswordService), 'fits');
    const answers = await guessAtOnce(4, (i) => logIn(visitor, `wrong password ${i + 3}`, STRANGER));
    expect(statusesOf(answers)).toEqual([401, 401, 401, 429]);
    expect(hashes).toHaveBeenCalledTimes(3);
    expect(answers.at(-1)?.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^[12]$/),
      ratelimit: expect.stringMatching(/^limit=5, remaining=0, reset=[12]$/),
    });
    expect(answers.at(-1)?.body).toMatchObject({ type: 'too_many_requests', status: 429 });
  });

  it('is refused in the same way for an e-mail that nobody has [W-15]', async () => {
    const answers = await guessAtOnce(6, (i) =>
      logIn(visitor, `wrong password ${i}`, STRANGER, 'nobody@acme.test'),
    );
    expect(statusesOf(answers)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('may try once after each delay, and the next one is twice as long [P-53]', async () => {
    time = MachineTime.stand();
    for (let wrong = 6; wrong <= 11; wrong += 1) {
      time.pass(60);
      await logIn(visitor, `wrong password ${wrong}`, STRANGER).expect(401);
    }
    const { headers } = await logIn(visitor, 'wrong password 12', STRANGER).expect(429);
    expect(headers).toMatchObject({ 'retry-after': '64', ratelimit: 'limit=5, remaining=0, reset=64' });
  });

  it('does not lock out the owner, who logs in from another address [P-53]', async () => {
    const owner = await shop.visitor();
    const { headers } = await logIn(owner, PASSWORD, OWNER).expect(200);
    expect(headers.ratelimit).toBe('limit=5, remaining=5, reset=0');
    await logIn(visitor, PASSWORD, STRANGER).expect(429);
  });

  it('is forgiven earlier typing errors by the right password', async () => {
    const owner = await shop.visitor();
    await guess(owner, 4, OWNER);
    await logIn(owner, PASSWORD, OWNER).expect(200);
    const next = await shop.visitor();
    await guess(next, 4, OWNER);
  });

  it.each([
    ['IPv4', (port: number) => `198.51.100.9:${port}`],
    ['IPv6', (port: number) => `[2001:db8:9::${port}]:${port}`],
  ])(
    'gains nothing by new connections, where the proxy names their ports: %s [X-30, P-53]',
    async (kind, from) => {
      const answers = await guessAtOnce(6, (i) =>
        logIn(visitor, 'a wrong one', from(4_000 + i), `nobody.${kind}@acme.test`),
      );
      expect(statusesOf(answers)).toEqual([401, 401, 401, 401, 401, 429]);
    },
  );

  it('uses no attempt for a malformed request', async () => {
    for (let i = 0; i < 8; i += 1) {
      await visitor.post('/customer/acme/login', { email: 'ben@acme.test' }).expect(400);
    }
    await logIn(visitor, 'demo-Ben-2026', OWNER, 'ben@acme.test').expect(200);
  });
});

describe('Somebody makes up addresses, and no proxy is trusted', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: ON })));
  afterAll(() => shop.close());

  it('gains nothing, because the socket’s address counts [P-57]', async () => {
    const visitor = await shop.visitor();
    const answers = await guessAtOnce(6, (i) => logIn(visitor, 'a wrong one', `203.0.113.${i}`));
    expect(statusesOf(answers)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('can request five password resets an hour for an e-mail, whether or not it has an account [W-21]', async () => {
    const visitor = await shop.visitor();
    for (const email of [EMAIL, 'nobody@acme.test']) {
      const ask = () => visitor.post('/customer/acme/password/reset', { email });
      for (let left = 4; left >= 0; left -= 1) {
        const { headers } = await ask().expect(204);
        expect(headers.ratelimit).toMatch(new RegExp(`^limit=5, remaining=${left}, reset=\\d+$`));
      }
      const { headers } = await ask().expect(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(3500);
    }
  });

  it('can sign up, or find out whether an e-mail is taken, thirty times an hour [W-13]', async () => {
    const visitor = await shop.visitor();
    const signUp = (email: string, password = PASSWORD) =>
      visitor.post('/customer/acme/signup', { email, password });
    for (let i = 0; i < 29; i += 1) await signUp(EMAIL, '').expect(400);
    await signUp(`${newId()}@acme.test`).expect(201);
    await signUp(EMAIL).expect(429);
  });
});

describe('A client with a wrong secret', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: ON })));
  afterAll(() => shop.close());

  const ask = (client_id: string, client_secret: string) =>
    shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id, client_secret });

  it('may use it twenty times a minute [W-03, P-54, P-58]', async () => {
    for (let left = 19; left >= 0; left -= 1) {
      const { headers } = await ask('acme-backend', 'a wrong secret').expect(401);
      expect(headers.ratelimit).toMatch(new RegExp(`^limit=20, remaining=${left}, reset=\\d+$`));
    }
    const { body, headers } = await ask('acme-backend', 'a wrong secret').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(body).toMatchObject({ error_description: expect.stringMatching(/^Too many requests/) });
  });

  it('is then refused even with the right one, and in a header too [P-54]', async () => {
    await ask('acme-backend', 'acme-backend-secret').expect(429);
    await shop.http
      .post('/oauth/token')
      .auth('acme-backend', 'acme-backend-secret')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id: 'another' })
      .expect(429);
  });

  it('is refused at the other routes that take its secret, so that guesses count together [P-54]', async () => {
    for (const route of ['introspect', 'revoke']) {
      const form = { client_id: 'acme-backend', client_secret: 'acme-backend-secret', token: 'any' };
      await shop.http.post(`/oauth/${route}`).type('form').send(form).expect(429);
    }
  });

  it('affects no other client, and successful requests do not count as failures [W-01]', async () => {
    for (let i = 0; i < 25; i += 1) {
      const { headers } = await ask('acme-readonly', 'acme-readonly-secret').expect(200);
      expect(headers.ratelimit).toMatch(new RegExp(`^limit=600, remaining=${599 - i}, reset=\\d+$`));
    }
  });
});

describe('Somebody with links to a session', () => {
  let shop: Shop;
  let links: HandoverLinks;
  beforeAll(async () => {
    shop = await openShop({ env: ON });
    links = new HandoverLinks(shop);
  });
  afterAll(() => shop.close());

  it('makes thirty an hour [P-78]', async () => {
    const shopper = await links.shopper();
    for (let i = 0; i < 30; i += 1) await links.of(shopper);
    await shopper.post(MAKE).expect(429);
  });

  it('tries a hundred and twenty a minute, whichever way they are opened [P-78]', async () => {
    const ways = [REDEEM, '/handover/acme/preview', '/handover/acme/open'];
    const tries = (path: string, times: number) =>
      guessAtOnce(times, () => links.redeem('a-link-that-nobody-made', path));
    for (const path of ways) expect(new Set(statusesOf(await tries(path, 40)))).toEqual(new Set([401]));
    for (const path of ways) expect(statusesOf(await tries(path, 1))).toEqual([429]);
  });
});

describe('A thief with a stolen session', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: ON })));
  afterAll(() => shop.close());

  it('may guess the password ten times an hour by changing it', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const guessed = (i: number) =>
      ben.post('/customer/acme/password/change', {
        currentPassword: `wrong password ${i}`,
        newPassword: 'mine-from-now-on',
      });
    const statuses = statusesOf(await guessAtOnce(12, guessed));
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429, 429]);
  });

  it('may not continue to guess by erasing the account [P-53]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.delete('/customer/acme/me', { currentPassword: 'demo-Ben-2026' }).expect(429);
  });

  it('may ask for another e-mail five times an hour', async () => {
    const anna = await (await shop.visitor()).logIn(EMAIL, PASSWORD);
    const asked = { email: EMAIL, password: 'a wrong password', newEmail: 'mine@acme.test' };
    const statuses = statusesOf(
      await guessAtOnce(6, () => anna.post('/customer/acme/me/accounts/internal/email/change', asked)),
    );
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });
});

describe('Mails of double opt-in', () => {
  let shop: Shop;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop({ env: ON });
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('go to one mailbox five times an hour, whether or not anybody has it', async () => {
    const statuses = statusesOf(
      await guessAtOnce(6, () =>
        visitor.post('/customer/acme/signup/optin/refresh_token', { email: 'nobody@acme.test' }),
      ),
    );
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('have tokens that nobody may guess without limit, and so have the other mails', async () => {
    const token = `${'0'.repeat(24)}.${'x'.repeat(43)}`;
    const statuses = statusesOf(
      await guessAtOnce(121, () => visitor.get(`/customer/acme/signup/optin/${token}`)),
    );
    expect(statuses.filter((status) => status === 400)).toHaveLength(120);
    await visitor.post('/customer/acme/me/accounts/internal/email/change/confirm', { token }).expect(429);
    const password = 'mine-from-now-on';
    await visitor.post('/customer/acme/password/reset/update', { token, password }).expect(429);
  });
});

describe('A storm of anonymous logins', () => {
  const login = (shop: Shop, client: string, tenant: string) =>
    shop.http.get(`/customerlogin/auth/anonymous/login?tenant=${tenant}&client_id=${client}`);

  async function storm(shop: Shop, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let sent = 0; sent < times; sent += 25) {
      const batch = Array.from({ length: 25 }, () => login(shop, 'acme-storefront', 'acme'));
      statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    return statuses;
  }

  it('is cut off after 600 in a minute, without affecting other storefronts [W-06, P-55, P-58]', async () => {
    const shop = await openShop({ env: ON });
    const { headers: first } = await login(shop, 'acme-storefront', 'acme').expect(200);
    expect(first.ratelimit).toMatch(/^limit=600, remaining=599, reset=\d+$/);
    const statuses = await storm(shop, 625);
    expect(statuses.filter((status) => status === 200)).toHaveLength(599);
    const { headers } = await login(shop, 'acme-storefront', 'acme').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(headers.ratelimit).toMatch(/^limit=600, remaining=0, reset=\d+$/);
    await login(shop, 'globex-storefront', 'globex').expect(200);
    await shop.close();
  });

  it('is let through, like every guess, if limits are off', async () => {
    const shop = await openShop({ env: { RATE_LIMITS: 'off' } });
    expect((await storm(shop, 625)).filter((status) => status !== 200)).toEqual([]);
    const visitor = await shop.visitor();
    await guess(visitor, 7);
    const { headers } = await logIn(visitor, PASSWORD).expect(200);
    expect(headers.ratelimit).toBeUndefined();
    await shop.close();
  });
});

describe('A storm of new sessions by cookie', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => {
    shop = await openShop({ env: ON });
    device = new Device(shop.url);
  });
  afterAll(() => shop.close());

  it('is cut off after 600 in a minute, however they begin [W-63, P-55]', async () => {
    const { headers: first } = await device.begin().expect(201);
    expect(first.ratelimit).toMatch(/^limit=600, remaining=599, reset=\d+$/);
    // Counted as begun by others at this address: on a busy machine, really beginning them would take longer than a
    // minute.
    const others = { subject: ['acme'], address: '127.0.0.1' };
    const limits = shop.app.get(RateLimitService);
    for (let batch = 0; batch < 31; batch += 1) {
      await Promise.all(Array.from({ length: 19 }, () => limits.consume(LIMITS['new-session'], others)));
    }
    const answers = await guessAtOnce(14, (i) => {
      const stranger = new Device(shop.url);
      return i % 2 === 0 ? stranger.begin() : stranger.change();
    });
    const statuses = statusesOf(answers);
    expect(statuses.filter((status) => status < 300)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    const { body, headers } = await new Device(shop.url).begin().expect(429);
    expect(body).toMatchObject({ code: 429, message: expect.stringContaining('Too many requests') });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(headers.ratelimit).toMatch(/^limit=600, remaining=0, reset=\d+$/);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('stops nobody from using an existing session, and no other account from beginning one [W-66]', async () => {
    await device.change({ own: 'x' }).expect(200);
    const { headers } = await device.begin({ own: 'y' }).expect(201);
    expect(headers.ratelimit).toBeUndefined();
    expect(await device.values('public.own')).toEqual({ 'public.own': 'y' });
    await new Device(shop.url, 'globex').begin().expect(201);
  });
});
