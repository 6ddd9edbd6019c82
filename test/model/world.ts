import { PasswordService } from '../../src/customer/passwords/password.service.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer as Response, Instance, type Request } from '../reliability/support/http-client.js';
import {
  addItem,
  beginSession,
  expectAnswer,
  findCart,
  logIn,
  logOut,
  makeCart,
  patchMine,
  quantityOf,
  readById,
  readCart,
  readMine,
  refreshAnonymous,
  refreshCustomer,
  replaceById,
  serviceToken,
  setMine,
} from '../reliability/support/wire.js';
import { aCustomer } from '../support/data/builders.js';
import { demoItem } from '../support/data/demo-items.js';
import { openShop, type Shop } from '../support/shop.js';
import {
  type Answer,
  type Answering,
  type Change,
  listed,
  type SiteCode,
  SOLD,
  type Value,
} from './answer.js';
import { CUSTOMER_TOKEN, LIFETIME, WINDOW } from './model.js';
import { GRACE } from './refresh-chain.js';

const PASSWORD = 'a password of the model 2026';

/** A service that all sequences share, with what they need beside the tokens of their own. */
export class Service {
  private helpers: { readonly staff: string; readonly bearer: string; readonly until: Date } | undefined;

  private constructor(
    readonly shop: Shop,
    readonly http: Instance,
    private readonly passwordHash: string,
  ) {}

  static async open(): Promise<Service> {
    const env = {
      LOG_LEVEL: 'silent',
      SWEEP_SECONDS: '1000000',
      KEY_ROTATION_DAYS: '0',
      ANONYMOUS_LIFETIME_SECONDS: String(LIFETIME),
      ANONYMOUS_DORMANT_SECONDS: String(WINDOW - LIFETIME),
      CUSTOMER_TOKEN_SECONDS: String(CUSTOMER_TOKEN),
      CUSTOMER_REFRESH_SECONDS: String(WINDOW),
      REFRESH_GRACE_SECONDS: String(GRACE),
    };
    const shop = await openShop({ env });
    return new Service(shop, new Instance(shop.url), await shop.app.get(PasswordService).hash(PASSWORD));
  }

  /** The tokens of an employee and of an anonymous shopper. */
  async others(): Promise<{ readonly staff: string; readonly bearer: string }> {
    const now = this.shop.clock.now();
    if (!this.helpers || this.helpers.until <= now) {
      const { body } = await expectAnswer(this.http, beginSession(), 200);
      const until = new Date(now.getTime() + LIFETIME * 1000);
      this.helpers = { staff: await serviceToken(this.http), bearer: body.access_token, until };
    }
    return this.helpers;
  }

  async newCustomer(): Promise<{ readonly id: string; readonly email: string }> {
    const customer = aCustomer({ email: `${newId()}@acme.test`, passwordHash: this.passwordHash });
    await this.shop.storage.customers.create(customer);
    return customer;
  }

  async close(): Promise<void> {
    this.http.close();
    await this.shop.close();
  }
}

/** Runs one sequence against the service, and translates its answers into numbers of the model. */
export class World implements Answering {
  private readonly sessions: string[] = [];
  private readonly refreshTokens: string[] = [];
  private readonly carts: string[] = [];
  private readonly sites = new Map<string, SiteCode>();
  private readonly customers = new Map<number, { readonly id: string; readonly email: string }>();
  private readonly doors: { readonly access: string; readonly refresh: string }[] = [];

  constructor(private readonly service: Service) {}

  begin = (): Promise<Answer> => this.opening(beginSession());
  refresh = (door: number): Promise<Answer> => this.opening(refreshAnonymous(this.door(door).refresh));

  async refreshCustomer(door: number): Promise<Answer> {
    const { bearer } = await this.service.others();
    return this.opening(refreshCustomer(bearer, this.door(door).refresh));
  }

  async logIn(door: number, customer: number): Promise<Answer> {
    const known = this.customers.get(customer) ?? (await this.service.newCustomer());
    this.customers.set(customer, known);
    return this.opening(logIn(this.door(door).access, { email: known.email, password: PASSWORD }));
  }

  logOut = (door: number): Promise<Answer> => this.ask(logOut(this.door(door).access));

  readContext = (door: number): Promise<Answer> => this.ask(readMine(this.door(door).access), this.context);

  patchContext(door: number, { version, ...change }: Change): Promise<Answer> {
    return this.ask(patchMine(this.door(door).access, version, onTheWire(change)));
  }

  setAttribute(door: number, name: string, value: Value): Promise<Answer> {
    return this.ask({ ...setMine(this.door(door).access, name, ''), body: { key: name, value } });
  }

  removeAttribute(door: number, name: string): Promise<Answer> {
    const path = `/session-context/acme/me/context/attributes/${encodeURIComponent(name)}`;
    return this.ask({ method: 'DELETE', path, token: this.door(door).access });
  }

  async readById(session: number): Promise<Answer> {
    const { staff } = await this.service.others();
    return this.ask(readById(staff, this.sessions[session] ?? ''), this.context);
  }

  async replaceById(session: number, { version, ...change }: Change): Promise<Answer> {
    const { staff } = await this.service.others();
    return this.ask(replaceById(staff, this.sessions[session] ?? '', version, onTheWire(change)));
  }

  makeCart(door: number, site: SiteCode): Promise<Answer> {
    const request = {
      ...makeCart(this.door(door).access),
      body: { siteCode: site, currency: SOLD[site][0] },
    };
    const say = ({ cartId }: Response['body']) => ({ cart: this.cart(cartId, site) });
    return this.ask(request, say, [201, 409]);
  }

  findCart(door: number, site: SiteCode): Promise<Answer> {
    const path = `/cart/acme/carts?siteCode=${site}`;
    return this.ask({ ...findCart(this.door(door).access), path }, ({ id }) => ({
      cart: this.cart(id, site),
    }));
  }

  readCart = (door: number, cart: number): Promise<Answer> =>
    this.ask(readCart(this.door(door).access, this.carts[cart] ?? ''), ({ items }) => ({
      quantity: quantityOf(items ?? []),
    }));

  addItem(door: number, cart: number, quantity: number): Promise<Answer> {
    const id = this.carts[cart] ?? '';
    const body = this.sites.get(id) === 'us' ? demoItem('umbrella-usd', quantity) : undefined;
    return this.ask({ ...addItem(this.door(door).access, id, quantity), ...(body && { body }) });
  }

  mergeCart(door: number, cart: number, source: number): Promise<Answer> {
    const path = `/cart/acme/carts/${this.carts[cart]}/merge`;
    const body = { carts: [this.carts[source]] };
    return this.ask({ method: 'POST', path, token: this.door(door).access, body });
  }

  removeCart(door: number, cart: number): Promise<Answer> {
    const path = `/cart/acme/carts/${this.carts[cart]}`;
    return this.ask({ method: 'DELETE', path, token: this.door(door).access });
  }

  advance(seconds: number): Answer {
    this.service.shop.clock.advanceSeconds(seconds);
    return { status: 0 };
  }

  /** @param say returns the content of the body, if the status is one of these */
  private async ask(
    request: Request,
    say?: (body: Response['body']) => Answer['said'],
    when: readonly number[] = [200],
  ): Promise<Answer> {
    const { status, body } = await this.service.http.send(request);
    return say && when.includes(status) ? { status, said: say(body) } : { status };
  }

  private async opening(request: Request): Promise<Answer> {
    return this.ask(request, (body) => {
      this.doors.push({ access: body.access_token, refresh: body.refresh_token });
      const session = body.sessionId ?? body.session_id;
      return {
        session: numberOf(session, this.sessions),
        refresh: numberOf(body.refresh_token, this.refreshTokens),
      };
    });
  }

  private readonly context = (body: Response['body']): Answer['said'] => ({
    version: body.metadata.version,
    language: body.language,
    site: body.siteCode,
    currency: body.currency,
    cart: body.cartId === undefined ? undefined : numberOf(body.cartId, this.carts),
    customer: [...this.customers].find(([, { id }]) => id === body.customerId)?.[0],
    attributes: listed(Object.entries(body.context)),
  });

  private cart(id: string, site: SiteCode): number {
    this.sites.set(id, site);
    return numberOf(id, this.carts);
  }

  private readonly door = (door: number) => this.doors[door] ?? { access: '', refresh: '' };
}

const onTheWire = ({ attributes, ...rest }: Omit<Change, 'version'>): object => ({
  ...rest,
  ...(attributes && { context: attributes }),
});

/** One that was not seen before gets the next number, as in the model. */
function numberOf(name: string, known: string[]): number {
  const at = known.indexOf(name);
  return at < 0 ? known.push(name) - 1 : at;
}
