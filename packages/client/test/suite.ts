import type * as Client from '@onesession/client';
import type * as Operations from '@onesession/client/operations';
import type * as Cookies from '@onesession/client/storage/cookies';

/** What the cases need: the client, as it is built, and a service with the demo data. */
export interface Surroundings {
  readonly client: typeof Client;
  readonly cookies: typeof Cookies;
  readonly operations: typeof Operations;
  readonly url: string;
}

export type Case = (around: Surroundings) => Promise<void>;

const SHOP = { tenant: 'acme', clientId: 'acme-storefront' };

const UMBRELLA = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity: 2,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
};

/** Runs in browsers too, so it brings its own. */
function expect(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(one === other, `${what}: ${one} instead of ${other}`);
}

async function thrown(act: Promise<unknown>): Promise<unknown> {
  try {
    await act;
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

/** Counts requests by method and path. */
function counted(): { readonly fetch: typeof fetch; readonly paths: string[] } {
  const paths: string[] = [];
  const counting: typeof fetch = (target, init) => {
    paths.push(`${init?.method} ${new URL(String(target)).pathname}`);
    return fetch(target, init);
  };
  return { fetch: counting, paths };
}

const backendOf = ({ client, url }: Surroundings) =>
  new client.Backend({ url, tenant: 'acme', clientId: 'acme-backend', clientSecret: 'acme-backend-secret' });

/** Each by its name, a sentence about the client. */
export const CASES: Readonly<Record<string, Case>> = {
  async 'begins one session for requests that come at once'({ client, url }) {
    const { fetch, paths } = counted();
    const shop = new client.Storefront({ url, ...SHOP, fetch });
    const found = await Promise.all([shop.context.read(), shop.context.read(), shop.context.read()]);
    same(
      found.filter((one) => one !== undefined),
      [],
      'contexts of a new session',
    );
    same(paths.filter((path) => path.endsWith('/anonymous/login')).length, 1, 'logins');
  },

  async 'makes the first cart, and with it the context'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP, initial: { siteCode: 'main', currency: 'EUR' } });
    const cart = await shop.carts.current('main');
    const line = await shop.carts.add(cart.id, UMBRELLA);
    await shop.carts.setQuantity(cart.id, line, 3);
    same((await shop.carts.read(cart.id)).items[0]?.quantity, 3, 'quantity');
    await shop.carts.removeItem(cart.id, line);
    same((await shop.carts.read(cart.id)).items.length, 0, 'lines');
    const context = await shop.context.read();
    same([context?.currency, context?.cartId], ['EUR', cart.id], 'context');
  },

  async 'hands the session of a guest over to another device, once'({ client, url }) {
    const phone = new client.Storefront({ url, ...SHOP });
    const desktop = new client.Storefront({ url, ...SHOP });
    const token = new URL((await phone.handover()).url).hash.replace('#handover=', '');
    await desktop.redeem(token);
    same(await desktop.tokens.sessionId(), await phone.tokens.sessionId(), 'the session');
    expect((await thrown(desktop.redeem(token))) instanceof client.NotSignedIn, 'a second use is refused');
  },

  async 'gives the tokens of a guest back, and begins a new session afterwards'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    const [token, before] = [await shop.tokens.token(), await shop.tokens.sessionId()];
    await shop.revoke();
    await shop.revoke();
    const path = `${url}/session-context/acme/me/context`;
    const { status } = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    same(status, 401, 'the guest’s token');
    expect((await shop.tokens.sessionId()) !== before, 'the session did not end');
  },

  async 'gives the token of a backend back, and gets another one'(around) {
    const backend = backendOf(around);
    await backend.revoke();
    const token = await backend.tokens.token();
    await backend.revoke();
    const { status } = await fetch(`${around.url}/site/acme/sites`, {
      headers: { authorization: `Bearer ${token}` },
    });
    same(status, 401, 'the backend’s token');
    await backend.request('GET', '/site/acme/sites');
    expect((await backend.tokens.token()) !== token, 'the same token again');
  },

  async 'changes the context again on what another tab has written'({ client, url }) {
    const storage = client.memoryStorage();
    const [one, other] = [0, 1].map(() => new client.Storefront({ url, ...SHOP, storage }));
    expect(one && other, 'two tabs');
    await one.carts.current('main');
    let calls = 0;
    let meanwhile: Promise<unknown> | undefined;
    const { fetch } = globalThis;
    const late = new client.Storefront({
      url,
      ...SHOP,
      storage,
      fetch: async (target, init) => {
        if (init?.method === 'PATCH') await (meanwhile ??= other.context.setAttribute('a', 1));
        return fetch(target, init);
      },
    });
    const context = await late.context.update(({ context: known }) => {
      calls += 1;
      return { context: { b: Number(known['a'] ?? 0) + 1 } };
    });
    same([calls, context.context], [2, { a: 1, b: 2 }], 'calls and attributes');
  },

  async 'throws errors by their class, with the field and the sentence of the service'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    expect((await thrown(shop.carts.read('nobody'))) instanceof client.NotFound, 'NotFound');
    const invalid = await thrown(shop.carts.create({ siteCode: 'main', currency: 'NOPE' } as never));
    expect(invalid instanceof client.InvalidRequest, 'InvalidRequest');
    expect(
      invalid.details.some(({ field }) => field === 'currency'),
      'names the field',
    );
    expect(/\S/.test(invalid.requestId ?? ''), 'names the request');
    const unreachable = new client.Storefront({ url: 'http://127.0.0.1:9', ...SHOP });
    const silence = await thrown(unreachable.context.read());
    expect(silence instanceof client.Unreachable, 'Unreachable');
    expect(/^The service does not answer: \S/.test(silence.message), silence.message);
  },

  async 'removes attributes of any name, and nothing else'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    await shop.carts.current('main');
    const names = ['..', '.', '%2e%2e', 'a/b', '?x', '#', ' ', '__proto__'];
    for (const name of names) await shop.context.setAttribute(name, 1);
    same(Object.keys((await shop.context.read())?.context ?? {}).length, names.length, 'attributes set');
    for (const name of names) await shop.context.removeAttribute(name);
    same((await shop.context.read())?.context, {}, 'attributes left');
  },

  async 'finds nothing by an id of dots, which would lead to another path'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    const { id } = await shop.carts.current('main');
    for (const dots of ['', '.', '..']) {
      const acts = [
        () => shop.carts.removeItem(id, dots),
        () => shop.carts.setQuantity(id, dots, 1),
        () => shop.carts.read(dots),
      ];
      for (const act of acts) expect((await thrown(act())) instanceof client.NotFound, `NotFound of ${dots}`);
    }
    same((await shop.carts.read(id)).id, id, 'the cart');
  },

  async 'sends no operation with an id of dots, which would lead to another path'({ operations, url }) {
    const sent: string[] = [];
    const silent: typeof fetch = (request) => {
      sent.push(request instanceof Request ? `${request.method} ${request.url}` : String(request));
      return Promise.resolve(Response.json({}));
    };
    const client = operations.createClient(operations.createConfig({ baseUrl: url, fetch: silent }));
    for (const itemId of ['', '.', '..']) {
      const path = { tenant: 'acme', cartId: 'c1', itemId };
      const { error } = await operations.cartItemsRemove({ client, path });
      expect(error instanceof Error && error.name === 'NotFound', `NotFound of ${itemId}`);
      await thrown(operations.cartItemsRemove({ client, path, throwOnError: true }));
      // Without a client of its own, an operation uses a shared one.
      const shared = { baseUrl: url, fetch: silent };
      expect((await operations.cartItemsRemove({ ...shared, path })).error, `error of ${itemId}, shared`);
    }
    same(sent, [], 'what was sent');
    await operations.cartItemsRemove({ client, path: { tenant: 'acme', cartId: 'c1', itemId: '..x' } });
    same(sent, [`DELETE ${url}/cart/acme/carts/c1/items/..x`], 'what was sent');
  },

  async 'takes session and cart along at login, and begins anew after logout'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    const { id } = await shop.carts.current('main');
    const session = await shop.tokens.sessionId();
    const refused = await thrown(shop.logIn('anna@acme.test', 'a wrong password'));
    expect(refused instanceof client.NotSignedIn, `a wrong password: ${String(refused)}`);
    same(await shop.tokens.sessionId(), session, 'session after a wrong password');
    await shop.logIn('anna@acme.test', 'demo-Anna-2026');
    same([await shop.tokens.kind(), await shop.tokens.sessionId()], ['customer', session], 'who it is');
    same((await shop.context.read())?.cartId, id, 'cart');
    expect((await shop.tokens.saasToken()) !== undefined, 'saas token');
    await shop.logOut();
    expect((await shop.tokens.sessionId()) !== session, 'a new session');
  },

  async 'renews expired tokens once, in the same session, as a guest and as a customer'({ client, url }) {
    const { fetch, paths } = counted();
    const storage = client.memoryStorage();
    const shop = new client.Storefront({ url, ...SHOP, storage, fetch });
    const expire = async (): Promise<void> => {
      const kept = JSON.parse((await storage.read()) ?? '{}');
      await storage.write(JSON.stringify({ ...kept, expiresAt: 0 }));
    };
    await shop.carts.current('main');
    const session = await shop.tokens.sessionId();
    await expire();
    await Promise.all([shop.context.read(), shop.context.read()]);
    same(paths.filter((path) => path.endsWith('/refresh')).length, 1, 'renewals of the guest');
    await shop.logIn('ben@acme.test', 'demo-Ben-2026');
    await expire();
    await Promise.all([shop.context.read(), shop.context.read()]);
    same(paths.filter((path) => path.endsWith('/refreshauthtoken')).length, 1, 'renewals of the customer');
    same([await shop.tokens.kind(), await shop.tokens.sessionId()], ['customer', session], 'who it is');
    await shop.logOut();
  },

  async 'tells that the session was ended elsewhere, and goes on with a new one'(around) {
    const { client, url } = around;
    let ended = 0;
    const shop = new client.Storefront({ url, ...SHOP, onEnded: () => void (ended += 1) });
    await shop.carts.current('main');
    const session = await shop.tokens.sessionId();
    await backendOf(around).request('DELETE', `/admin/acme/sessions/${session}`);
    same(await shop.context.read(), undefined, 'context of the new session');
    same([ended, (await shop.tokens.sessionId()) === session], [1, false], 'ended, and the same session');
  },

  async 'speaks VTEX’s dialect to the same session'({ client, url }) {
    const shop = new client.Storefront({ url, ...SHOP });
    await shop.carts.current('main');
    await shop.vtex.change({ utm_campaign: 'spring' });
    same((await shop.context.read())?.context['utm_campaign'], 'spring', 'attribute');
    same((await shop.vtex.segment()).utm_campaign, 'spring', 'segment');
    const { namespaces } = await shop.vtex.read('store.currencyCode');
    expect(JSON.stringify(namespaces).includes('"EUR"'), 'currency');
  },

  async 'keeps tokens in cookies that fit, on a server'({ client, cookies, url }) {
    const { cookieStorage, headerJar } = cookies;
    const first = headerJar(undefined);
    const shop = new client.Storefront({ url, ...SHOP, storage: cookieStorage(first) });
    const session = await shop.tokens.sessionId();
    expect(
      first.setCookies.every((line) => line.length < 4096 && line.includes('HttpOnly')),
      'cookies',
    );
    const second = headerJar(first.setCookies.map((line) => line.split(';')[0]).join('; '));
    const again = new client.Storefront({ url, ...SHOP, storage: cookieStorage(second) });
    same(await again.tokens.sessionId(), session, 'session of the next request');
  },

  async 'follows the session live, through an interruption and a login, to its end'(around) {
    const { client, url } = around;
    const broken = new Set<AbortController>();
    const shop = new client.Storefront({
      url,
      ...SHOP,
      fetch: (target, init) => {
        const interruption = new AbortController();
        broken.add(interruption);
        return fetch(target, { ...init, signal: interruption.signal });
      },
    });
    await shop.carts.current('main');
    const seen: string[] = [];
    let opened: () => void = () => undefined;
    const open = (): Promise<void> => new Promise((resolve) => (opened = resolve));
    const first = open();
    const following = (async () => {
      for await (const event of shop.events({ onOpen: () => opened() })) {
        const { changes } = event.data as { changes?: readonly { field: string }[] };
        seen.push(changes ? changes.map(({ field }) => field).join() : event.type.replace('onesession.', ''));
      }
    })();
    await first;
    await shop.context.setAttribute('one', 1);
    await until(() => seen.includes('context.one'));
    const second = open();
    for (const one of broken) one.abort();
    await shop.context.setAttribute('two', 2);
    await second;
    await until(() => seen.includes('context.two'));
    const third = open();
    await shop.logIn('ben@acme.test', 'demo-Ben-2026');
    await third;
    await shop.context.setAttribute('three', 3);
    await until(() => seen.includes('context.three'));
    await shop.logOut();
    await following;
    same(
      seen.filter((one) => /^context\.(one|two|three)$/.test(one)),
      ['context.one', 'context.two', 'context.three'],
      'changes, each once and in order',
    );
    expect(seen.includes('session.became_customers'), 'the login');
  },
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen within ten seconds');
}
