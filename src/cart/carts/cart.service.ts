import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { expectOwnCustomer } from '../caller/cart-owner.rules.js';
import { type CartTarget, CartTargets, type Named } from '../caller/cart-target.service.js';
import { cartLimits } from '../cart-limits.js';
import { CartExists, NoOpenCart } from '../cart.errors.js';
import {
  type CartChanges,
  type CartDraft,
  expectBothOrNeither,
  expectSize,
  sameOwner,
  sameSlot,
  shippedTo,
  type ShipTo,
  updated,
} from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import { CartContextService } from '../handover/cart-context.service.js';
import { CartDraftService } from './cart-draft.service.js';
import { CartMaker } from './cart-maker.service.js';

/** Identifies the one open cart to find (W-50, W-51). */
export interface CartCriteria extends Named, ShipTo {
  readonly siteCode: string;
  readonly type?: string;
  readonly legalEntityId?: string;
  /** Whether to create a cart if there is none. */
  readonly create: boolean;
}

@Injectable()
export class CartService {
  constructor(
    private readonly access: CartAccessService,
    private readonly targets: CartTargets,
    private readonly drafts: CartDraftService,
    private readonly inContext: CartContextService,
    private readonly maker: CartMaker,
    private readonly config: Config,
  ) {}

  /**
   * Creates a cart. The first cart also creates the session's context (E-12).
   * @throws Forbidden - the shopper is not assigned to the legal entity
   * @throws CartExists - the slot already has an open cart (W-50)
   */
  async create(caller: CartCaller, draft: CartDraft): Promise<Cart> {
    const target = await this.targets.ofNew(caller, draft.customerId);
    const legalEntityId = await this.targets.legalEntityOf(caller, draft.legalEntityId);
    const wanted = legalEntityId === undefined ? draft : { ...draft, legalEntityId };
    const cart = await this.drafts.of(caller.tenant, target, wanted);
    const found = hasNoCart(target) ? undefined : await this.access.openIn(target, cart);
    const stored = found ?? (await this.maker.makeOrFind(caller, cart));
    if (stored && target.session) await this.inContext.adopt(target.session, stored);
    if (stored !== cart) throw new CartExists(stored?.id);
    return cart;
  }

  /** @throws NoOpenCart | InvalidInput */
  async findByCriteria(caller: CartCaller, wanted: CartCriteria): Promise<Cart> {
    const { tenant } = caller;
    expectBothOrNeither(wanted);
    const legalEntityId = await this.targets.legalEntityOf(caller, wanted.legalEntityId);
    const criteria = legalEntityId === undefined ? wanted : { ...wanted, legalEntityId };
    const target = await this.targets.ofCriteria(caller, criteria);
    const found = await this.access.openIn(target, { tenant, ...slotPart(criteria), owner: target.owner });
    const cart = found ?? (criteria.create ? await this.makeFor(caller, target, criteria) : undefined);
    if (!cart) throw new NoOpenCart(criteria.siteCode, criteria.type);
    const { sessionId } = criteria;
    const asker = caller.kind === 'service' && sessionId !== undefined ? { ...caller, sessionId } : caller;
    const admitted = await this.access.authorize(asker, cart);
    if (target.session) await this.inContext.adopt(target.session, admitted);
    return shippedTo(admitted, criteria);
  }

  /**
   * @param shipTo shown if the cart has no place to ship to
   * @throws CartNotFound | Forbidden
   * @throws InvalidInput - `shipTo` has only one of its two fields
   */
  async read(caller: CartCaller, cartId: string, shipTo: ShipTo): Promise<Cart> {
    expectBothOrNeither(shipTo);
    return shippedTo(await this.access.use(caller, cartId), shipTo);
  }

  /** @throws CartNotFound | Forbidden | VersionConflict | CartExists */
  async update(caller: CartCaller, cartId: string, requested: CartChanges): Promise<void> {
    const changes = changesOf(caller, requested);
    await this.targets.legalEntityOf(caller, changes.legalEntityId);
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
    target: CartTarget,
    criteria: CartCriteria,
  ): Promise<Cart | undefined> {
    const draft = await this.drafts.inOwnCurrency(caller.tenant, target, slotPart(criteria));
    return this.maker.makeOrFind(caller, shippedTo(draft, criteria));
  }
}

/**
 * Tells that the owner has no cart yet, unless a crash kept the context from naming it. Then there is no need to look
 * first: making a cart finds one that holds the slot.
 */
const hasNoCart = ({ owner, session }: CartTarget): boolean =>
  owner.kind === 'session' && session !== undefined && session.context?.cartId === undefined;

const slotPart = ({
  siteCode,
  type,
  legalEntityId,
}: Pick<CartCriteria, 'siteCode' | 'type' | 'legalEntityId'>) => ({
  siteCode,
  ...(type !== undefined && { type }),
  ...(legalEntityId !== undefined && { legalEntityId }),
});

/** Only a backend may give a cart to a customer. @throws Forbidden - a shopper names another customer */
function changesOf(caller: CartCaller, requested: CartChanges): CartChanges {
  if (caller.kind === 'service') return requested;
  const { customerId, ...changes } = requested;
  expectOwnCustomer(caller.session, customerId);
  return changes;
}
