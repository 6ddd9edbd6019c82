import { type Answer, type Answering, type Change, type SiteCode, SOLD, type Value } from './answer.js';
import { type Context, merge, newContext, placed, revised, shown } from './context.js';
import { RefreshChain } from './refresh-chain.js';

/** In seconds: the defaults of the service. */
export const LIFETIME = 3_600;
export const WINDOW = 86_400;
export const CUSTOMER_TOKEN = 7_200;

interface Session {
  /** A login starts another epoch. Tokens issued before it open nothing any more. */
  epoch: number;
  /** `Infinity` for a customer's session, which has no such end. */
  aliveUntil: number;
  goneAt: number;
  ended: boolean;
  chain: RefreshChain;
  customer?: number;
  context?: Context;
}

/** An access token with its refresh token. */
interface Door {
  readonly session: number;
  readonly epoch: number;
  readonly until: number;
  readonly refresh: number;
}

interface Cart {
  owner: string;
  readonly site: SiteCode;
  readonly madeIn: number;
  /** Whether a login made it a customer's. */
  wasGuests?: boolean;
  /** The cart that it was merged into. It is closed then. */
  mergedInto?: number;
  quantity: number;
}

const UNKNOWN: Answer = { status: 401 };
const NOT_FOUND: Answer = { status: 404 };
const DONE: Answer = { status: 204 };

/** What the service promises, as a simple implementation in memory: two sites, no limits. */
export class Model implements Answering {
  readonly sessions: Session[] = [];
  readonly doors: Door[] = [];
  /** Removed entries stay as holes, so that the others keep their numbers. */
  readonly carts: (Cart | undefined)[] = [];
  private readonly openCarts = new Map<string, number>();
  private refreshTokens = 0;
  private now = 0;

  begin(): Answer {
    const goneAt = this.now + WINDOW;
    const chain = new RefreshChain({ id: this.refreshTokens, until: goneAt }, WINDOW);
    const session = { epoch: 0, aliveUntil: this.now + LIFETIME, goneAt, ended: false, chain };
    return this.opened(this.sessions.push(session) - 1, this.refreshTokens++);
  }

  refresh(door: number): Answer {
    const { session: id, refresh } = this.door(door);
    const session = this.session(id);
    if (session.ended || session.goneAt <= this.now || session.customer !== undefined) return UNKNOWN;
    const used = session.chain.use(refresh, this.now, this.refreshTokens);
    const refreshed =
      used?.kind === 'reused' ? session.chain.resume(refresh, this.now, this.refreshTokens) : used;
    if (refreshed === undefined || refreshed.kind === 'reused') return UNKNOWN;
    if (refreshed.kind === 'same') return this.opened(id, refreshed.id);
    Object.assign(session, { aliveUntil: this.now + LIFETIME, goneAt: this.now + WINDOW });
    return this.opened(id, this.refreshTokens++);
  }

  refreshCustomer(door: number): Answer {
    const { session: id, refresh } = this.door(door);
    const session = this.session(id);
    if (session.ended || session.customer === undefined) return UNKNOWN;
    const used = session.chain.use(refresh, this.now, this.refreshTokens);
    session.ended = used?.kind === 'reused';
    if (used === undefined || used.kind === 'reused') return UNKNOWN;
    return this.opened(id, used.kind === 'new' ? this.refreshTokens++ : used.id);
  }

  /** The session becomes the customer's, and its carts take the place of older ones. */
  logIn(door: number, customer: number): Answer {
    return this.withSession(door, (session, id) => {
      session.epoch++;
      Object.assign(session, { customer, aliveUntil: Infinity, goneAt: Infinity });
      session.chain = new RefreshChain({ id: this.refreshTokens, until: this.now + WINDOW }, WINDOW);
      if (session.context) session.context.version++;
      for (const site of SITES) {
        const cart = this.openCarts.get(slotOf(ofSession(id), site));
        if (cart === undefined) continue;
        this.openCarts.delete(slotOf(ofSession(id), site));
        Object.assign(this.carts[cart] ?? {}, { owner: ofCustomer(customer), wasGuests: true });
        this.openCarts.set(slotOf(ofCustomer(customer), site), cart);
      }
      return this.opened(id, this.refreshTokens++);
    });
  }

  logOut(door: number): Answer {
    return this.withSession(door, (session) => {
      session.ended = true;
      return DONE;
    });
  }

  readContext(door: number): Answer {
    return this.withSession(door, ({ context, customer }) => shown(context, customer));
  }

  patchContext(door: number, { version, language, attributes = {}, ...place }: Change): Answer {
    return this.withContext(door, (context) => {
      if (context.version !== version) return { status: 409 };
      const at = placed(context, place);
      if (!at) return { status: 400 };
      merge(context, attributes);
      return revised(context, { ...at, language: language ?? context.language });
    });
  }

  setAttribute(door: number, name: string, value: Value): Answer {
    return this.withContext(door, (context) => {
      context.attributes.set(name, value);
      context.version++;
      return { status: 201 };
    });
  }

  removeAttribute(door: number, name: string): Answer {
    return this.withContext(door, (context) => {
      if (context.attributes.delete(name)) context.version++;
      return DONE;
    });
  }

  readById(id: number): Answer {
    const session = this.session(id);
    return this.isAlive(session) ? shown(session.context, session.customer) : NOT_FOUND;
  }

  /** An employee may not change a customer's without the customer's own word. */
  replaceById(id: number, { version, language, attributes, ...place }: Change): Answer {
    const session = this.session(id);
    if (!this.isAlive(session) || !session.context) return NOT_FOUND;
    if (session.customer !== undefined) return { status: 403 };
    const { context } = session;
    if (context.version !== version) return { status: 409 };
    const at = placed(context, place);
    if (!at) return { status: 400 };
    if (attributes) context.attributes = new Map(Object.entries(attributes));
    return revised(context, { ...at, language: language ?? context.language });
  }

  makeCart(door: number, site: SiteCode): Answer {
    return this.withSession(door, (session, madeIn) => {
      const owner = ownerOf(session, madeIn);
      const open = this.openCarts.get(slotOf(owner, site));
      const cart = open ?? this.carts.push({ owner, site, madeIn, quantity: 0 }) - 1;
      this.openCarts.set(slotOf(owner, site), cart);
      this.adopt(session, cart);
      return { status: open === undefined ? 201 : 409, said: { cart } };
    });
  }

  findCart(door: number, site: SiteCode): Answer {
    return this.withSession(door, (session, id) => {
      const cart = this.openCarts.get(slotOf(ownerOf(session, id), site));
      if (cart === undefined) return NOT_FOUND;
      this.adopt(session, cart);
      return { status: 200, said: { cart } };
    });
  }

  readCart(door: number, cart: number): Answer {
    return this.withOwnCart(door, cart, ({ quantity }, session) => {
      this.adopt(session, cart);
      return { status: 200, said: { quantity } };
    });
  }

  addItem(door: number, cart: number, quantity: number): Answer {
    return this.withOwnCart(door, cart, (own, session) => {
      this.adopt(session, cart);
      own.quantity += quantity;
      return { status: 201 };
    });
  }

  removeCart(door: number, id: number): Answer {
    return this.withOwnCart(door, id, (cart) => {
      this.release(id, cart);
      this.carts[id] = undefined;
      return DONE;
    });
  }

  /** By its id, from any session; once is enough. */
  mergeCart(door: number, id: number, sourceId: number): Answer {
    return this.withOwnCart(door, id, (target, session) => {
      this.adopt(session, id);
      const source = this.carts[sourceId];
      if (source?.mergedInto === id || (sourceId === id && target.wasGuests)) return { status: 200 };
      if (!source || sourceId === id || !this.isMergeable(source, target)) return { status: 400 };
      this.release(sourceId, source, id);
      source.mergedInto = id;
      target.quantity += source.quantity;
      return { status: 200 };
    });
  }

  advance(seconds: number): Answer {
    this.now += seconds;
    return { status: 0 };
  }

  /** The version that the next write has to name. */
  versionOf(session: number): number {
    return this.session(session).context?.version ?? 1;
  }

  sessionOf(door: number): number {
    return this.door(door).session;
  }

  /** Whether it was issued to a customer. */
  isCustomers(door: number): boolean {
    return this.door(door).epoch > 0;
  }

  private isAlive({ ended, aliveUntil }: Session): boolean {
    return !ended && this.now < aliveUntil;
  }

  private opened(id: number, refresh: number): Answer {
    const { epoch, aliveUntil, customer } = this.session(id);
    const until = customer === undefined ? aliveUntil : this.now + CUSTOMER_TOKEN;
    this.doors.push({ session: id, epoch, until, refresh });
    return { status: 200, said: { session: id, refresh } };
  }

  private withSession(door: number, use: (session: Session, id: number) => Answer): Answer {
    const { session: id, epoch, until } = this.door(door);
    const session = this.session(id);
    const opens = session.epoch === epoch && until > this.now && this.isAlive(session);
    return opens ? use(session, id) : UNKNOWN;
  }

  private withContext(door: number, use: (context: Context) => Answer): Answer {
    return this.withSession(door, ({ context }) => (context ? use(context) : NOT_FOUND));
  }

  private withOwnCart(door: number, id: number, use: (cart: Cart, session: Session) => Answer): Answer {
    return this.withSession(door, (session, sessionId) => {
      const cart = this.carts[id];
      const isOwn = cart?.owner === ownerOf(session, sessionId) && cart.mergedInto === undefined;
      return isOwn ? use(cart, session) : NOT_FOUND;
    });
  }

  /** Of the same currency; anonymous, in a session that is alive, or the customer's own by a login. */
  private isMergeable({ owner, site, madeIn, wasGuests, mergedInto }: Cart, target: Cart): boolean {
    if (mergedInto !== undefined || site !== target.site) return false;
    return wasGuests
      ? owner === target.owner
      : owner === ofSession(madeIn) && this.isAlive(this.session(madeIn));
  }

  /**
   * No context names it any more: not that of its session, nor of its customer's others. Those that may use the
   * successor name that one.
   */
  private release(id: number, { owner, site, madeIn }: Cart, successor?: number): void {
    const next = successor === undefined ? undefined : this.carts[successor];
    for (const [number, one] of this.sessions.entries()) {
      const { context } = one;
      if (context?.cart !== id || !this.isAlive(one)) continue;
      if (number !== madeIn && ownerOf(one, number) !== owner) continue;
      const follows = next !== undefined && ownerOf(one, number) === next.owner;
      const currency = follows && context.site === next.site ? SOLD[next.site][0] : context.currency;
      revised(context, { cart: follows ? successor : undefined, currency });
    }
    if (this.openCarts.get(slotOf(owner, site)) === id) this.openCarts.delete(slotOf(owner, site));
  }

  /**
   * The context names the first cart that is used, which makes it; another one when that is gone, or when the context
   * has gone to the site of the other.
   */
  private adopt(session: Session, id: number): void {
    const { context } = session;
    if (context?.cart === id) return;
    if (!context) {
      session.context = newContext(id);
      return;
    }
    const used = context.cart === undefined ? undefined : this.carts[context.cart];
    const isOpen = used !== undefined && used.mergedInto === undefined;
    const isElsewhere = used?.site !== context.site && this.carts[id]?.site === context.site;
    if (!isOpen || isElsewhere) revised(context, { cart: id });
  }

  private readonly session = (id: number): Session => this.sessions[id] as Session;
  private readonly door = (id: number): Door => this.doors[id] as Door;
}

const SITES: readonly SiteCode[] = ['main', 'us'];

const slotOf = (owner: string, site: SiteCode): string => `${owner} at ${site}`;
const ofSession = (id: number): string => `session ${id}`;
const ofCustomer = (id: number): string => `customer ${id}`;
const ownerOf = ({ customer }: Session, id: number): string =>
  customer === undefined ? ofSession(id) : ofCustomer(customer);
