import { Injectable, Logger } from '@nestjs/common';
import { type CustomerSession, InitialValuesService } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type Site, SiteRepository } from '../site-settings/index.js';
import { type CartCaller, expectOwnCustomer } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import { CartExists, NoOpenCart } from './cart.errors.js';
import { type CartHolder, CartHolderService, type Named } from './cart-holder.service.js';
import { CartRepository } from './cart.repository.js';
import {
  type CartChanges,
  type CartWish,
  expectSize,
  newCart,
  sameOwner,
  sameSlot,
  updated,
} from './cart.rules.js';
import type { Cart, CartSlot } from './cart.types.js';

/** What finds the one open cart (W-50, W-51). */
export interface CartCriteria extends Named {
  readonly siteCode: string;
  readonly type?: string;
  readonly legalEntityId?: string;
  /** Make one if there is none. */
  readonly create: boolean;
}

/** Of one owner at once: more than anybody has, and a bound for those who try. */
const MOST_CARTS_OF_A_SESSION = 100;

@Injectable()
export class CartService {
  private readonly log = new Logger(CartService.name);

  constructor(
    private readonly carts: CartRepository,
    private readonly access: CartAccessService,
    private readonly holders: CartHolderService,
    private readonly sites: SiteRepository,
    private readonly initial: InitialValuesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The first one makes the context of the session (E-12).
   * @throws CartExists - there is an open one already (W-50)
   */
  async create(caller: CartCaller, wish: CartWish): Promise<Cart> {
    const holder = await this.holders.ofNew(caller, wish.customerId);
    const { code } = await this.activeSite(caller.tenant, wish.siteCode);
    const cart = this.cartFor(holder, { ...wish, siteCode: code }, caller.tenant);
    const stored = (await this.openIn(holder, cart)) ?? (await this.makeOrFind(cart));
    if (stored && holder.session) await this.access.adopt(holder.session, stored);
    if (stored !== cart) throw new CartExists(stored?.id);
    return cart;
  }

  /** @throws NoOpenCart */
  async findByCriteria(caller: CartCaller, criteria: CartCriteria): Promise<Cart> {
    const { tenant } = caller;
    const holder = await this.holders.ofCriteria(caller, criteria);
    const found = await this.openIn(holder, { tenant, ...slotPart(criteria), owner: holder.owner });
    const cart =
      found ?? (criteria.create ? await this.makeWithCurrency(holder, criteria, tenant) : undefined);
    if (!cart) throw new NoOpenCart(criteria.siteCode);
    const { sessionId } = criteria;
    const asker = caller.kind === 'service' && sessionId !== undefined ? { ...caller, sessionId } : caller;
    const admitted = await this.access.admit(asker, cart);
    if (holder.session) await this.access.adopt(holder.session, admitted);
    return admitted;
  }

  /** @throws CartNotFound | Forbidden */
  read(caller: CartCaller, cartId: string): Promise<Cart> {
    return this.access.use(caller, cartId);
  }

  /** @throws CartNotFound | Forbidden | CartVersionConflict | CartExists */
  async update(caller: CartCaller, cartId: string, wish: CartChanges): Promise<void> {
    const changes = changesOf(caller, wish);
    const closing = changes.status === 'CLOSED';
    const cart = await (closing ? this.access.find(caller, cartId) : this.access.use(caller, cartId));
    const next = updated(cart, changes);
    if (next === cart) return;
    if (!closing && !sameSlot(cart, next)) await this.expectFree(next);
    if (closing || !sameOwner(cart.owner, next.owner)) await this.access.release(cart);
    await this.access.change(caller, cartId, (current) => expectSize(updated(current, changes)));
  }

  /** @throws CartNotFound | Forbidden */
  async remove(caller: CartCaller, cartId: string): Promise<void> {
    const cart = await this.access.find(caller, cartId);
    await this.access.release(cart);
    await this.carts.remove(cart.tenant, cart.id);
  }

  /**
   * Right after a login: what the session has in its carts is the customer's from now on (E-25). It never
   * fails the login: a cart that is left behind is handed over when it is used, or reviewed.
   */
  async becomeCustomers(session: CustomerSession): Promise<void> {
    const { tenant, sessionId } = session;
    try {
      const owner = { kind: 'session', sessionId } as const;
      const open = await this.carts.listOpen(tenant, owner, MOST_CARTS_OF_A_SESSION);
      const named = session.context?.cartId?.value;
      const ids = new Set([...open.map(({ id }) => id), ...(named === undefined ? [] : [named])]);
      await Promise.all([...ids].map((id) => this.access.handOver(session, id)));
    } catch (error) {
      this.log.warn({ err: error }, 'The carts of a session were not handed over at the login');
    }
  }

  /** The open cart of a slot; before it, one that the login of this session left behind. */
  private async openIn({ owner, session }: CartHolder, slot: CartSlot): Promise<Cart | undefined> {
    if (session && owner.kind === 'customer') {
      const { sessionId } = session;
      const left = await this.carts.findOpen({ ...slot, owner: { kind: 'session', sessionId } });
      if (left) return this.access.handOver(session, left.id);
    }
    return this.carts.findOpen(slot);
  }

  /** @returns this very cart, or the one that a parallel call made */
  private async makeOrFind(cart: Cart): Promise<Cart | undefined> {
    const made = await this.carts.create(cart);
    return made ? cart : this.carts.findOpen(cart);
  }

  private async makeWithCurrency(
    holder: CartHolder,
    criteria: CartCriteria,
    tenant: string,
  ): Promise<Cart | undefined> {
    const site = await this.activeSite(tenant, criteria.siteCode);
    const wish = { ...slotPart(criteria), currency: await this.currencyOf(holder, site) };
    return this.makeOrFind(this.cartFor(holder, wish, tenant));
  }

  /** What the shopper sees prices in: the context's, or what it would be made with (E-15, E-28). */
  private async currencyOf({ session }: CartHolder, site: Site): Promise<string> {
    if (!session) return site.currency;
    return session.context?.currency.value ?? (await this.initial.of(session)).currency.value;
  }

  private cartFor(
    { owner, session }: CartHolder,
    wish: CartWish & { readonly siteCode: string },
    tenant: string,
  ): Cart {
    const named = { id: newId(), tenant, siteCode: wish.siteCode, owner };
    const origin = { ...named, sessionId: session?.sessionId, goneAt: session?.lifetime?.goneAt };
    return expectSize(newCart(wish, origin, this.clock.now()));
  }

  /** @throws InvalidInput */
  private async activeSite(tenant: string, code: string | undefined): Promise<Site> {
    const site = await (code === undefined ? this.sites.findDefault(tenant) : this.sites.find(tenant, code));
    if (site?.active) return site;
    const problem =
      code === undefined ? 'is needed: the default site is not active' : `no active site is ${code}`;
    throw InvalidInput.of('siteCode', problem);
  }

  /** @throws CartExists - the slot that a cart is to move to has an open one (W-50) */
  private async expectFree(next: Cart): Promise<void> {
    const other = await this.carts.findOpen(next);
    if (other && other.id !== next.id) throw new CartExists(other.id);
  }
}

const slotPart = ({
  siteCode,
  type,
  legalEntityId,
}: Pick<CartCriteria, 'siteCode' | 'type' | 'legalEntityId'>) => ({
  siteCode,
  ...(type !== undefined && { type }),
  ...(legalEntityId !== undefined && { legalEntityId }),
});

/** Only a backend gives a cart to a customer. @throws Forbidden */
function changesOf(caller: CartCaller, wish: CartChanges): CartChanges {
  if (caller.kind === 'service') return wish;
  const { customerId, ...changes } = wish;
  expectOwnCustomer(caller.session, customerId);
  return changes;
}
