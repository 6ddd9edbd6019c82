import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { figure } from '../reliability/support/figure.js';
import { sized } from '../reliability/support/form.js';
import { demoItem } from '../support/data/demo-items.js';
import { type FreshStorage, openStorage } from '../support/store/drivers.js';
import { openShop, type Shop } from '../support/shop.js';

const SECONDS = sized(4, 60);
const MOST_BYTES = 5_000_000;
const KB = 1024;

/** No store makes it smaller. */
const noise = (bytes: number): string =>
  randomBytes(Math.ceil(bytes / 2))
    .toString('hex')
    .slice(0, bytes);

const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(Math.random() * values.length)];

const sizes = [64, KB, 16 * KB, 60 * KB] as const;
const anySize = (): number => pick(sizes) ?? KB;

interface Reply {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** One machine, with as many sessions as it can get, that fills the store as fast as it can. */
class Vandal {
  readonly answers = new Map<number, number>();
  private readonly tokens: string[] = [];
  private readonly customers: string[] = [];
  private readonly carts: { readonly token: string; readonly id: string }[] = [];
  private readonly cookies: string[] = [];

  constructor(private readonly url: string) {}

  /** Each is done again and again, several at once. */
  readonly deeds: readonly (() => Promise<unknown>)[] = [
    () => this.beginSession('acme'),
    () => this.beginSession('globex'),
    () => this.beginByCookie(),
    () => this.changeByCookie(),
    () => this.makeCart(),
    () => this.findCart(),
    () => this.fillCart(),
    () => this.fillCart(),
    () => this.closeCart(),
    () => this.addAttribute(),
    () => this.logIn(),
    () => this.addAddress(),
    () => this.askForPassword(),
    () => this.guessCode(),
  ];

  async run(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000;
    const again = async (deed: () => Promise<unknown>): Promise<void> => {
      while (performance.now() < end) await deed();
    };
    await Promise.all(this.deeds.flatMap((deed) => [again(deed), again(deed)]));
  }

  private async send(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    cookie?: string,
  ): Promise<Reply> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(cookie !== undefined && { cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  private async beginSession(tenant: string): Promise<void> {
    const query = `tenant=${tenant}&client_id=${tenant}-storefront&language=de&targetLocation=DE`;
    const { status, body } = await this.send('GET', `/customerlogin/auth/anonymous/login?${query}`);
    if (status === 200 && tenant === 'acme') this.tokens.push(body.access_token);
  }

  private async beginByCookie(): Promise<void> {
    const values = { public: { [noise(20)]: { value: noise(anySize()) } } };
    const { status, body } = await this.send('POST', '/api/sessions?an=acme', undefined, values);
    if (status === 201) this.cookies.push(`vtex_session=${body.sessionToken}`);
  }

  private async changeByCookie(): Promise<void> {
    const values = { public: { [noise(20)]: { value: noise(anySize()) } } };
    const query = `an=acme&${noise(20)}=${noise(4 * KB)}`;
    await this.send('PATCH', `/api/sessions?${query}`, undefined, values, pick(this.cookies));
  }

  private async makeCart(): Promise<void> {
    const token = pick([...this.tokens, ...this.customers]);
    const cart = {
      siteCode: 'main',
      currency: 'EUR',
      type: noise(60),
      legalEntityId: noise(200),
      mixins: { note: { text: noise(anySize()) } },
    };
    const { status, body } = await this.send('POST', '/cart/acme/carts', token, cart);
    if (status === 201 && token !== undefined) this.carts.push({ token, id: body.cartId });
  }

  private async findCart(): Promise<void> {
    const token = pick(this.tokens);
    const query = `siteCode=${pick(['main', 'us'])}&type=${noise(60)}&legalEntityId=${noise(200)}&create=true`;
    const { status, body } = await this.send('GET', `/cart/acme/carts?${query}`, token);
    if (status === 200 && token !== undefined) this.carts.push({ token, id: body.id });
  }

  private async fillCart(): Promise<void> {
    const cart = pick(this.carts);
    if (!cart) return void (await this.makeCart());
    const extra = { keepAsSeparateLineItem: true, mixins: { note: { text: noise(anySize()) } } };
    await this.send(
      'POST',
      `/cart/acme/carts/${cart.id}/items`,
      cart.token,
      demoItem('raincoat-eur', 1, extra),
    );
  }

  private async closeCart(): Promise<void> {
    const cart = pick(this.carts);
    if (!cart) return void (await this.makeCart());
    await this.send('PUT', `/cart/acme/carts/${cart.id}`, cart.token, { status: 'CLOSED' });
  }

  private async addAttribute(): Promise<void> {
    const path = '/session-context/acme/me/context/attributes';
    const value = noise(anySize());
    await this.send('POST', path, pick(this.carts)?.token, { key: noise(200), value });
  }

  private async logIn(): Promise<void> {
    const account = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    const { status, body } = await this.send('POST', '/customer/acme/login', pick(this.tokens), account);
    if (status === 200) this.customers.push(body.access_token);
  }

  private async addAddress(): Promise<void> {
    const address = { country: 'DE', mixins: { note: { text: noise(anySize()) } } };
    await this.send('POST', '/customer/acme/me/addresses', pick(this.customers), address);
  }

  private async askForPassword(): Promise<void> {
    const email = `${noise(12)}@acme.test`;
    await this.send('POST', '/customer/acme/password/reset', pick(this.tokens), { email });
  }

  private async guessCode(): Promise<void> {
    const cart = pick(this.carts);
    if (!cart) return void (await this.makeCart());
    await this.send('POST', `/cart/acme/carts/${cart.id}/discounts`, cart.token, { code: noise(20) });
  }
}

describe(`One visitor at full speed, on the ${process.env.TEST_DRIVER} store`, () => {
  let opened: FreshStorage;
  let shop: Shop;
  beforeAll(async () => {
    opened = await openStorage();
    shop = await openShop({ opened, env: { RATE_LIMITS: 'on', LOG_LEVEL: 'fatal' } });
  });
  afterAll(() => shop.close());

  /** Of the folder, or of all documents. */
  async function storedBytes(): Promise<number> {
    const { storage } = opened;
    if (!(storage instanceof MongoStorage)) return (await opened.content()).byteLength;
    const stats = await storage.connection.db?.stats();
    return Number(stats?.['dataSize']);
  }

  it(`has less than 5 MB stored, with the limits on [X-08]`, async () => {
    const before = await storedBytes();
    const vandal = new Vandal(shop.url);
    await vandal.run(SECONDS);
    const stored = (await storedBytes()) - before;
    const answers = [...vandal.answers].toSorted().map(([status, count]) => `${status} × ${count}`);
    expect(vandal.answers.get(429)).toBeGreaterThan(0);
    expect(stored).toBeLessThan(MOST_BYTES);
    const result = `one visitor at full speed for ${SECONDS} s stores ${(stored / 1e6).toFixed(1)} MB; ${answers.join(', ')}`;
    figure({ id: 'X-08', suite: 'hostile', result });
  });
});
