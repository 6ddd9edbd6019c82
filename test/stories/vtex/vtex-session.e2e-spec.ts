import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openShop, type Shop } from '../../support/shop.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('A device with a session by cookie', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => {
    shop = await openShop();
    device = new Device(shop.url);
  });
  afterAll(() => shop.close());

  it('begins one with its first contact, and gets both tokens in the body and as cookies [M-01, M-05, W-63, W-75]', async () => {
    const { body, headers } = await device.begin({ variable1: 'value1' }).expect(201);
    expect(body).toEqual({ sessionToken: expect.any(String), segmentToken: expect.any(String) });
    const cookies = headers['set-cookie'] as unknown as string[];
    expect(cookies).toEqual([
      `vtex_session=${body.sessionToken}; Path=/; Max-Age=691200; HttpOnly; SameSite=Lax`,
      `vtex_segment=${body.segmentToken}; Path=/; Max-Age=691200; HttpOnly; SameSite=Lax`,
    ]);
    expect(headers['cache-control']).toBe('private, no-store');
  });

  it('gets a session token that is a JWT for eight days and names session and account [W-70]', async () => {
    const token = device.cookies.get('vtex_session') ?? '';
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'jwt', kid: expect.any(String) });
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      'account.id': expect.stringMatching(UUID),
      id: expect.stringMatching(UUID),
      version: 1,
      sub: 'session',
      account: 'acme',
      iss: 'http://onesession.test',
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 8 * 86_400,
      jti: expect.any(String),
    });
  });

  it('reads all that may be shown with one GET, by namespace and key, as strings [M-03, M-11, S-03, S-04, S-05, S-06, S-08, W-67, W-76]', async () => {
    const { body, headers } = await device.read('*').expect(200);
    expect(body).toEqual({
      id: decodeJwt(device.cookies.get('vtex_session') ?? '').id,
      namespaces: {
        account: {
          id: { value: expect.stringMatching(UUID), keepAlive: true },
          accountName: { value: 'acme' },
        },
        store: {
          channel: { value: 'main' },
          countryCode: { value: 'DEU' },
          cultureInfo: { value: 'en-DE' },
          currencyCode: { value: 'EUR' },
          currencySymbol: { value: '€' },
          channelPrivacy: { value: 'public' },
        },
        public: { variable1: { value: 'value1' } },
        impersonate: { canImpersonate: { value: 'false' } },
        profile: { isAuthenticated: { value: 'false' } },
      },
      version: 1,
      active: true,
      debug: false,
    });
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers.vary).toContain('Cookie');
  });

  it.each(['acme', 'globex'])(
    'reads in a guest’s session that nobody is logged in and nobody is impersonated: %s [F-60, S-01, S-03, S-10]',
    async (account) => {
      const guest = new Device(shop.url, account);
      await guest.begin().expect(201);
      const items = 'account,store.channel,impersonate,profile';
      const EXAMPLE = {
        account: { id: { value: expect.any(String), keepAlive: true }, accountName: { value: account } },
        store: { channel: { value: 'main' } },
        impersonate: { canImpersonate: { value: 'false' } },
        profile: { isAuthenticated: { value: 'false' } },
      };
      expect((await guest.read(items).expect(200)).body).toEqual({
        id: expect.any(String),
        namespaces: EXAMPLE,
        version: 1,
        active: true,
        debug: false,
      });
      expect((await guest.read().expect(200)).body.namespaces).toMatchObject(EXAMPLE);
      const change = guest.change({ other: '1' }, `?items=${items}`);
      expect((await change.expect(200)).body.namespaces).toEqual(EXAMPLE);
    },
  );

  it('does not make the service tell apps of a guest as if they had said so themselves [F-60, M-14, M-26]', async () => {
    const guest = new Device(shop.url);
    await guest.begin().expect(201);
    const { id } = (await guest.read().expect(200)).body;
    const { body } = await (
      await shop.service()
    )
      .post(`/admin/acme/sessions/${id}/dry-run`, { public: { other: { value: '1' } } })
      .expect(200);
    expect(body.rounds).toEqual([]);
  });

  it('gets only what it asks for, without missing items, and an error if it asks for nothing [S-02, S-15, W-67, W-68]', async () => {
    const { body } = await device
      .read('store.channel,public.variable1,public.none,nothing.at.all')
      .expect(200);
    expect(body.namespaces).toEqual({
      store: { channel: { value: 'main' } },
      public: { variable1: { value: 'value1' } },
    });
    await device.send('get', '/api/sessions').expect(400);
    await device.read('').expect(400);
    expect((await device.read('nothing.here').expect(200)).body.namespaces).toEqual({});
  });

  it('changes its session with the cookies: the token has the new version, and the older one still works [M-06, S-01, S-16, W-66, W-71]', async () => {
    const before = device.cookies.get('vtex_session') ?? '';
    await device.change({ variable2: 'two' }).expect(200);
    const after = decodeJwt(device.cookies.get('vtex_session') ?? '');
    expect(after).toMatchObject({ id: decodeJwt(before).id, version: 2 });
    expect(await device.values('public.variable1,public.variable2')).toEqual({
      'public.variable1': 'value1',
      'public.variable2': 'two',
    });
    device.cookies.set('vtex_session', before);
    expect((await device.read().expect(200)).body).toMatchObject({ id: after.id, version: 2 });
    await device.begin({ variable3: 'three' }).expect(201);
    expect(decodeJwt(device.cookies.get('vtex_session') ?? '').id).toBe(after.id);
  });

  it('sets values only with `public` and the query; the rest of a body is ignored [W-64, W-65]', async () => {
    const other = new Device(shop.url);
    const body = {
      public: { utm_source: { value: 'body' } },
      profile: { id: { value: 'anna' } },
      authentication: { adminUserEmail: { value: 'staff@acme.test' } },
      store: { channel: { value: 'b2b' } },
    };
    await other.send('post', '/api/sessions?utm_source=link&utmi_campaign=banner', body).expect(201);
    expect(await other.values()).toMatchObject({
      'public.utm_source': 'body',
      'public.utmi_campaign': 'banner',
      'store.channel': 'main',
    });
    const values = await other.values();
    expect(Object.keys(values).filter((name) => /^(authentication|profile)\.(?!isAuth)/.test(name))).toEqual(
      [],
    );
    expect(values['public.an']).toBeUndefined();
  });

  it('reads its own data back as sent, under any name, and removes it with null [M-09, D-14, F-54]', async () => {
    const names = JSON.parse(
      '{"__proto__":{"value":"p"},"a.b":{"value":"dots"},"$x":{"value":""},"n":{"value":1.5},"t":{"value":true}}',
    );
    await device.send('patch', '/api/sessions', { public: names }).expect(200);
    const { body } = await device.read().expect(200);
    expect(Object.entries(body.namespaces.public)).toEqual(
      expect.arrayContaining([
        ['__proto__', { value: 'p' }],
        ['a.b', { value: 'dots' }],
        ['$x', { value: '' }],
        ['n', { value: 1.5 }],
        ['t', { value: true }],
      ]),
    );
    await device.change({ n: null, t: null }).expect(200);
    expect(await device.values('public.n,public.t,public.a.b')).toEqual({ 'public.a.b': 'dots' });
  });

  it.each([
    ['public that is no object', { public: 'x' }],
    ['a key without a value', { public: { a: 'x' } }],
    ['a key that is null', { public: { a: null } }],
    ['an empty name', { public: { '': { value: 'x' } } }],
  ])('is refused %s', async (_what, body) => {
    const { body: refusal } = await device.send('patch', '/api/sessions', body).expect(400);
    expect(refusal).toMatchObject({ code: 400, message: expect.stringMatching(/public|key/) });
  });

  it('is refused a value that is too large, and a form [D-14]', async () => {
    await device.change({ large: 'x'.repeat(70_000) }).expect(413);
    await device.send('post', '/api/sessions').type('form').send('utm_source=x').expect(415);
  });

  it('has another session than a second device of the same person [M-04]', async () => {
    const [phone, desk] = [new Device(shop.url), new Device(shop.url)];
    for (const one of [phone, desk]) await one.begin().expect(201);
    const [a, b] = await Promise.all([phone.read(), desk.read()]);
    expect(a.body.id).not.toBe(b.body.id);
  });

  it('opens nothing without a cookie, or with one that is forged, ended or of another account [W-69, W-77, D-19]', async () => {
    const good = device.cookies.get('vtex_session') ?? '';
    const forged = `${good.slice(0, -4)}AAAA`;
    for (const token of [undefined, '', 'x', forged, `${good.split('.')[0]}.e30.x`]) {
      const stranger = new Device(shop.url);
      if (token !== undefined) stranger.cookies.set('vtex_session', token);
      const { body } = await stranger.read().expect(401);
      expect(body.fault.detail.errorcode).toBe('vtex.NoSession');
    }
    const elsewhere = new Device(shop.url, 'globex');
    elsewhere.cookies.set('vtex_session', good);
    await elsewhere.read().expect(401);
    await elsewhere.begin().expect(201);
    expect((await elsewhere.read().expect(200)).body.namespaces.account.accountName.value).toBe('globex');
    await new Device(shop.url, 'nobody').begin().expect(404);
    await new Device(shop.url, 'NoTenant').begin().expect(404);
  });

  it('shares its session with a server that uses the token in the path, and the rest stays [S-25, S-26]', async () => {
    const token = device.cookies.get('vtex_session') ?? '';
    const body = {
      public: {
        utm_campaign: { value: 'Black Friday' },
        country: { value: 'USA' },
        postalCode: { value: '05408000' },
      },
    };
    const server = new Device(shop.url);
    const { body: tokens } = await server.send('post', `/api/sessions/${token}`, body).expect(200);
    expect(await device.values('public.variable1,public.country,checkout.regionId')).toEqual({
      'public.variable1': 'value1',
      'public.country': 'USA',
      'checkout.regionId': 'usa',
    });
    const { body: segment } = await server
      .send('get', `/api/segments/${encodeURIComponent(tokens.segmentToken)}`)
      .expect(200);
    expect(segment).toMatchObject({ utm_campaign: 'Black Friday', regionId: 'usa', campaigns: 'vip' });
    await server.send('post', '/api/sessions/nonsense', body).expect(401);
  });

  it('keeps it as long as its token can come back: it sleeps after an hour, and a call wakes it [D-26]', async () => {
    shop.clock.advanceSeconds(7 * 86_400);
    expect(await device.values('public.variable1')).toEqual({ 'public.variable1': 'value1' });
    await device.change({ again: 'yes' }).expect(200);
    shop.clock.advanceSeconds(8 * 86_400 - 1);
    expect(await device.values('public.again')).toEqual({ 'public.again': 'yes' });
    shop.clock.advanceSeconds(2);
    await device.read().expect(401);
    const before = decodeJwt(device.cookies.get('vtex_session') ?? '').id;
    await device.begin().expect(201);
    expect(decodeJwt(device.cookies.get('vtex_session') ?? '').id).not.toBe(before);
  });
});
