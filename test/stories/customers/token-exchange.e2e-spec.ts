import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { OutsideIssuer } from '../../support/people/outside-issuer.js';
import { openShop, type Shop } from '../../support/shop.js';
import { TestClock } from '../../support/test-clock.js';

describe('A shopper brings the token of an outside identity provider', () => {
  const clock = new TestClock();
  /** Seconds since 1970, as in tokens. */
  const nowIn = (seconds: number) => clock.now().getTime() / 1000 + seconds;
  let shop: Shop;
  let issuer: OutsideIssuer;

  const exchange = (visitor: Visitor, token: string, more = '') =>
    visitor.post(`/customer/acme/exchangeauthtoken?subjectAccessToken=${token}${more}`);
  const zoe = { email: 'zoe@acme.test', email_verified: true, given_name: 'Zoe', family_name: 'Outside' };

  beforeAll(async () => {
    issuer = await OutsideIssuer.open(() => nowIn(0));
    shop = await openShop({ clock, env: { BOOTSTRAP_FILE: issuer.bootstrapFile() } });
  });
  afterAll(async () => {
    await shop.close();
    issuer.close();
  });

  it('and gets a customer’s tokens in the same session [W-22]', async () => {
    const visitor = await shop.visitor();
    const token = await issuer.sign(zoe);
    const { body } = await exchange(visitor, token).expect(200);
    expect(body).toMatchObject({
      subject_access_token: token,
      session_id: visitor.sessionId,
      token_type: 'Bearer',
      session_idle_time: 120,
      saas_token: expect.any(String),
    });
    const { body: profile } = await shop.as(body.access_token).get('/customer/acme/me').expect(200);
    expect(profile).toMatchObject({ firstName: 'Zoe', lastName: 'Outside', contactEmail: 'zoe@acme.test' });
  });

  it('and is the same customer next time; one who signed up is found by the verified e-mail [W-22]', async () => {
    const idOf = async (claims: JWTPayload) => {
      const { body } = await exchange(await shop.visitor(), await issuer.sign(claims)).expect(200);
      return (await shop.as(body.access_token).get('/customer/acme/me').expect(200)).body.id;
    };
    expect(await idOf(zoe)).toBe(await idOf(zoe));
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const { body } = await ben.get('/customer/acme/me').expect(200);
    expect(await idOf({ email: 'Ben@acme.test', email_verified: true })).toBe(body.id);
  });

  it('and has no password to log in with', async () => {
    await exchange(await shop.visitor(), await issuer.sign(zoe)).expect(200);
    const credentials = { email: 'zoe@acme.test', password: 'undefined' };
    await (await shop.visitor()).post('/customer/acme/login', credentials).expect(401);
  });

  it('and is refused with an undeclared config, or without a token [W-22]', async () => {
    const visitor = await shop.visitor();
    const { body } = await exchange(visitor, await issuer.sign(zoe), '&config=nobody').expect(400);
    expect(body.message).toContain('config');
    await visitor.post('/customer/acme/exchangeauthtoken').expect(400);
    const elsewhere = await shop.visitor({ tenant: 'globex' });
    await elsewhere
      .post(`/customer/globex/exchangeauthtoken?subjectAccessToken=${await issuer.sign(zoe)}`)
      .expect(400);
  });

  it('and is refused with a token that is not valid for this', async () => {
    const visitor = await shop.visitor();
    const expired = await issuer.sign(zoe);
    const foreign = await issuer.sign(zoe, { issuer: 'https://evil.test' });
    const unverified = await issuer.sign({ ...zoe, email_verified: false });
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${expired.split('.')[1]}.`;
    for (const token of ['no-token-of-ours', foreign, unverified, none, String(visitor.accessToken)]) {
      await exchange(visitor, token).expect(401);
    }
    shop.clock.advanceSeconds(65);
    const { body } = await exchange(visitor, expired).expect(401);
    expect(body.fault.detail.errorcode).toBe('keymanagement.service.access_token_expired');
  });

  it.each([
    ['ended a second ago', { exp: -1 }, 200],
    ['ended ten seconds ago', { exp: -10 }, 401],
    ['is made nine seconds from now', { iat: 9 }, 200],
    ['is made sixty seconds from now', { iat: 60 }, 200],
    ['is made sixty-one seconds from now', { iat: 61 }, 401],
    ['is good from nine seconds from now', { nbf: 9 }, 200],
    ['is good from sixty-one seconds from now', { nbf: 61 }, 401],
  ])(
    'and is accepted or refused with a token that %s, as far as clocks may differ [P-25]',
    async (_what, times, status) => {
      const claims = Object.entries(times).map(([name, seconds]) => [name, nowIn(seconds)]);
      const token = await issuer.sign({ ...zoe, exp: nowIn(300), ...Object.fromEntries(claims) });
      await exchange(await shop.visitor(), token).expect(status);
    },
  );

  it('and is told to try again if the provider does not answer', async () => {
    const visitor = await shop.visitor();
    const { headers } = await exchange(visitor, await issuer.sign(zoe), '&config=broken').expect(503);
    expect(headers['retry-after']).toBe('1');
    await visitor.get('/session-context/acme/me/context').expect(404);
  });

  it('and is told the same if the provider answers with more than a key set can contain', async () => {
    await exchange(await shop.visitor(), await issuer.sign(zoe), '&config=huge').expect(503);
  });

  it("but can't make the service fetch the provider’s keys again and again for an unknown one", async () => {
    const visitor = await shop.visitor();
    await exchange(await shop.visitor(), await issuer.sign(zoe)).expect(200);
    const before = issuer.keysAsked;
    for (let i = 0; i < 10; i += 1)
      await exchange(visitor, await issuer.sign(zoe, { kid: `unknown${i}` })).expect(401);
    expect(issuer.keysAsked - before).toBeLessThanOrEqual(1);
  });

  it('and needs an anonymous token for it [W-43, W-44]', async () => {
    const path = `/customer/acme/exchangeauthtoken?subjectAccessToken=${await issuer.sign(zoe)}`;
    expect((await shop.http.post(path).expect(401)).body).toHaveProperty('fault');
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    expect((await ben.post(path).expect(403)).body).toMatchObject({ type: 'forbidden', status: 403 });
  });
});
