import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { expectOwnCustomer } from '../caller/cart-owner.rules.js';
import { CartAccessService } from '../access/cart-access.service.js';
import { CartContextService } from '../handover/cart-context.service.js';
import { CartDraftService } from './cart-draft.service.js';
import { cartLimits } from '../cart-limits.js';
import { CartMaker } from './cart-maker.service.js';
import { CartExists, NoOpenCart } from '../cart.errors.js';
import { type CartHolder, CartHolderService, type Named } from '../caller/cart-target.service.js';
import {
  type CartChanges,
  type CartWish,
  expectBothOrNeither,
  expectSize,
  sameOwner,
  sameSlot,
  shippedTo,
  type ShipTo,
  updated,
} from '../cart.rules.js';
import type { Cart } from '../cart.types.js';

/** What finds the one open cart (W-50, W-51). */
export interface CartCriteria extends Named, ShipTo {
  readonly siteCode: string;
  readonly type?: string;
  readonly legalEntityId?: string;
  /** Make one if there is none. */
  readonly create: boolean;
}

@Injectable()
export class CartService {
  constructor(
    private readonly access: CartAccessService,
    private readonly holders: CartHolderService,
    private readonly drafts: CartDraftService,
    private readonly inContext: CartContextService,
    private readonly maker: CartMaker,
    private readonly config: Config,
  ) {}

  /**
   * The first one makes the context of the session (E-12).
   * @throws CartExists - there is an open one already (W-50)
   */
  async create(caller: CartCaller, wish: CartWish): Promise<Cart> {
    const holder = await this.holders.ofNew(caller, wish.customerId);
    const cart = await this.drafts.of(caller.tenant, holder, wish);
    const stored = (await this.access.openIn(holder, cart)) ?? (await this.maker.makeOrFind(caller, cart));
    if (stored && holder.session) await this.inContext.adopt(holder.session, stored);
    if (stored !== cart) throw new CartExists(stored?.id);
    return cart;
  }

  /** @throws NoOpenCart | InvalidInput */
  async findByCriteria(caller: CartCaller, criteria: CartCriteria): Promise<Cart> {
    const { tenant } = caller;
    expectBothOrNeither(criteria);
    const holder = await this.holders.ofCriteria(caller, criteria);
    const found = await this.access.openIn(holder, { tenant, ...slotPart(criteria), owner: holder.owner });
    const cart = found ?? (criteria.create ? await this.makeFor(caller, holder, criteria) : undefined);
    if (!cart) throw new NoOpenCart(criteria.siteCode);
    const { sessionId } = criteria;
    const asker = caller.kind === 'service' && sessionId !== undefined ? { ...caller, sessionId } : caller;
    const admitted = await this.access.admit(asker, cart);
    if (holder.session) await this.inContext.adopt(holder.session, admitted);
    return shippedTo(admitted, criteria);
  }

  /**
   * @param shipTo shown where the cart has none
   * @throws CartNotFound | Forbidden; InvalidInput - one of the two alone
   */
  async read(caller: CartCaller, cartId: string, shipTo: ShipTo): Promise<Cart> {
    expectBothOrNeither(shipTo);
    return shippedTo(await this.access.use(caller, cartId), shipTo);
  }

  /** @throws CartNotFound | Forbidden | VersionConflict | CartExists */
  async update(caller: CartCaller, cartId: string, wish: CartChanges): Promise<void> {
    const changes = changesOf(caller, wish);
    const closing = changes.status === 'CLOSED';
    const cart = await (closing ? this.access.find(caller, cartId) : this.access.use(caller, cartId));
    const next = updated(cart, changes);
    if (next === cart) return;
    if (next.currency !== cart.currency) await this.drafts.expectSold(cart, next.currency);
    if (!closing && !sameSlot(cart, next)) await this.access.expectFree(next);
    if (closing || !sameOwner(cart.owner, next.owner)) await this.inContext.release(cart);
    await this.access.change(caller, cart, (current) =>
      expectSize(updated(current, changes), cartLimits(this.config)),
    );
  }

  /** @throws CartNotFound | Forbidden */
  async remove(caller: CartCaller, cartId: string): Promise<void> {
    const cart = await this.access.find(caller, cartId);
    await this.inContext.release(cart);
    await this.access.remove(cart);
  }

  private async makeFor(
    caller: CartCaller,
    holder: CartHolder,
    criteria: CartCriteria,
  ): Promise<Cart | undefined> {
    const draft = await this.drafts.inOwnCurrency(caller.tenant, holder, slotPart(criteria));
    return this.maker.makeOrFind(caller, shippedTo(draft, criteria));
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
