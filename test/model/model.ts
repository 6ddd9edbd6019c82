import type { Answer, Answering, Change, Value } from './answer.js';
import { type Context, merge, newContext, revised, shown } from './context.js';
import { RefreshChain } from './refresh-chain.js';

/** Seconds, as the service is set by default. */
export const LIFETIME = 3_600;
export const WINDOW = 86_400;
export const CUSTOMER_TOKEN = 7_200;

interface Session {
  /** A login makes another: what was issued before it opens nothing any more. */
  epoch: number;
  /** Of a customer there is no such end. */
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
  readonly madeIn: number;
  quantity: number;
}

const UNKNOWN: Answer = { status: 401 };
const NOT_FOUND: Answer = { status: 404 };
const DONE: Answer = { status: 204 };

/** What the service promises, in plain words and in memory: one site, no limits. */
export class Model implements Answering {
  readonly sessions: Session[] = [];
  readonly doors: Door[] = [];
  /** Removed ones stay as holes, so that they keep their numbers. */
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

  /** The session becomes the customer's, and its cart takes the place of an older one. */
  logIn(door: number, customer: number): Answer {
    return this.withSession(door, (session, id) => {
      session.epoch++;
      Object.assign(session, { customer, aliveUntil: Infinity, goneAt: Infinity });
      session.chain = new RefreshChain({ id: this.refreshTokens, until: this.now + WINDOW }, WINDOW);
      if (session.context) session.context.version++;
      const cart = this.openCarts.get(ofSession(id));
      if (cart !== undefined) {
        this.openCarts.delete(ofSession(id));
        Object.assign(this.carts[cart] ?? {}, { owner: ofCustomer(customer) });
        this.openCarts.set(ofCustomer(customer), cart);
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

  patchContext(door: number, { version, language, attributes = {} }: Change): Answer {
    return this.withContext(door, (context) => {
      if (context.version !== version) return { status: 409 };
      merge(context, attributes);
      return revised(context, language);
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
  replaceById(id: number, { version, language, attributes }: Change): Answer {
    const session = this.session(id);
    if (!this.isAlive(session) || !session.context) return NOT_FOUND;
    if (session.customer !== undefined) return { status: 403 };
    if (session.context.version !== version) return { status: 409 };
    if (attributes) session.context.attributes = new Map(Object.entries(attributes));
    return revised(session.context, language);
  }

  makeCart(door: number): Answer {
    return this.withSession(door, (session, madeIn) => {
      const owner = ownerOf(session, madeIn);
      const open = this.openCarts.get(owner);
      const cart = open ?? this.carts.push({ owner, madeIn, quantity: 0 }) - 1;
      this.openCarts.set(owner, cart);
      this.adopt(session, cart);
      return { status: open === undefined ? 201 : 409, said: { cart } };
    });
  }

  findCart(door: number): Answer {
    return this.withSession(door, (session, id) => {
      const cart = this.openCarts.get(ownerOf(session, id));
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

  /** No context names it any more: not that of its session, nor of its customer's others. */
  removeCart(door: number, cart: number): Answer {
    return this.withOwnCart(door, cart, ({ owner, madeIn }) => {
      for (const [id, one] of this.sessions.entries()) {
        const { context } = one;
        if (context?.cart !== cart || !this.isAlive(one)) continue;
        if (id === madeIn || ownerOf(one, id) === owner) {
          Object.assign(context, { cart: undefined, version: context.version + 1 });
        }
      }
      if (this.openCarts.get(owner) === cart) this.openCarts.delete(owner);
      this.carts[cart] = undefined;
      return DONE;
    });
  }

  advance(seconds: number): Answer {
    this.now += seconds;
    return { status: 0 };
  }

  /** What the next write has to name. */
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
      return cart?.owner === ownerOf(session, sessionId) ? use(cart, session) : NOT_FOUND;
    });
  }

  /** The context names the first cart that is used; it makes the context (and another one, when that is gone). */
  private adopt(session: Session, cart: number): void {
    const { context } = session;
    if (context?.cart !== undefined && this.carts[context.cart] !== undefined) return;
    if (context) Object.assign(context, { cart, version: context.version + 1 });
    else session.context = newContext(cart);
  }

  private readonly session = (id: number): Session => this.sessions[id] as Session;
  private readonly door = (id: number): Door => this.doors[id] as Door;
}

const ofSession = (id: number): string => `session ${id}`;
const ofCustomer = (id: number): string => `customer ${id}`;
const ownerOf = ({ customer }: Session, id: number): string =>
  customer === undefined ? ofSession(id) : ofCustomer(customer);
