import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import type { Session } from '../../session/index.js';
import { InvalidInput, Unavailable } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { cartLimits } from '../cart-limits.js';
import { CartNotFound } from '../cart.errors.js';
import { CartRepository } from '../cart.repository.js';
import { sameOwner } from '../cart.rules.js';
import type { Cart, IncomingCart } from '../cart.types.js';
import { covers } from '../lines/cart-line-prices.rules.js';
import { CartPricingService } from '../pricing/cart-pricing.service.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import { CartContextService } from './cart-context.service.js';
import { announced, closedFor, priceIdsOf, settled } from './cart-merge.rules.js';

/** Attempts after the first are needed when somebody changes a cart between our read and our close. */
const MOST_ATTEMPTS = 20;

/**
 * Moves the lines of carts into another cart, in steps that write one record each: (1) the target notes the lines as
 * incoming; (2) contexts that name a source switch to the target, and each source closes if it has not changed since
 * it was read; (3) the lines of the closed sources become the target's. Every reader of the target finishes incoming
 * merges first, so a crash loses or doubles no line, and nobody sees a closed cart whose lines are nowhere.
 */
@Injectable()
export class CartMergeService {
  constructor(
    private readonly carts: CartRepository,
    private readonly inContext: CartContextService,
    private readonly calculator: CartCalculator,
    private readonly pricing: CartPricingService,
    private readonly config: Config,
  ) {}

  /**
   * @param sources open carts as they were read; any that is closed in the meantime is left out
   * @param shopper the caller's session, if the caller is a shopper
   * @returns the target with the lines of all sources
   * @throws InvalidInput | TooLarge - the lines do not fit into the target
   * @throws CartNotFound - the target was closed, or a source became somebody else's
   * @throws Unavailable - a cart changed during every attempt
   */
  async merge(target: Cart, sources: readonly Cart[], shopper?: Session): Promise<Cart> {
    expectOneCurrency(target, sources);
    let merged = target;
    let open = sources;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt === MOST_ATTEMPTS) throw new Unavailable('The carts keep changing; try again');
      merged = await this.once(merged, open, shopper);
      open = await this.stillOpen(open);
    }
    return merged;
  }

  /** Finishes the merges that are noted in the target. @returns the target with their lines */
  async finish(target: Cart): Promise<Cart> {
    const { tenant, id, incoming = [] } = target;
    if (incoming.length === 0) return target;
    const codes = incoming.flatMap(({ discounts = [] }) => discounts.map(({ code }) => code));
    const [inputs, prices] = await Promise.all([
      this.calculator.inputsFor(target, codes),
      this.pricing.ofLines(target, priceIdsOf(incoming)),
    ]);
    const closings = incoming.map(async (one) => {
      const closed = await this.closed(target, one, inputs.now);
      return [one.mergeId, closed ? 'closed' : 'not-closed'] as const;
    });
    const outcomes = new Map(await Promise.all(closings));
    const finished = await this.carts.change(tenant, id, (cart) =>
      settled(cart, outcomes, inputs, covers(prices, cart, []) ? prices : 'given'),
    );
    if (!finished) throw new CartNotFound(id);
    return finished;
  }

  /**
   * Closes the source. Contexts leave it first, so that none ever names a closed cart.
   * @returns whether it was closed
   */
  private async closed(target: Cart, incoming: IncomingCart, now: Date): Promise<boolean> {
    const { tenant, id } = target;
    const found = await this.carts.find(tenant, incoming.cartId);
    if (found && closedFor(found, id, incoming, now) !== found) await this.inContext.release(found, target);
    const source = await this.carts.change(tenant, incoming.cartId, (cart) =>
      closedFor(cart, id, incoming, now),
    );
    return source?.mergedInto?.mergeId === incoming.mergeId;
  }

  /** Makes one attempt. If the target moved while its prices were looked up, nothing is merged. @returns the target */
  private async once(to: Cart, sources: readonly Cart[], shopper: Session | undefined): Promise<Cart> {
    const incoming = sources.map(({ id, version, items, discounts }) => ({
      mergeId: newId(),
      cartId: id,
      version,
      items,
      ...(discounts && { discounts }),
    }));
    const ids = priceIdsOf(incoming);
    const prices = await this.pricing.ofLines(to, ids, shopper);
    const target = await this.carts.change(to.tenant, to.id, (cart) =>
      covers(prices, cart, ids) ? announced(cart, incoming, prices, cartLimits(this.config)) : cart,
    );
    if (!target) throw new CartNotFound(to.id);
    return this.finish(target);
  }

  private async stillOpen(sources: readonly Cart[]): Promise<readonly Cart[]> {
    const found = await Promise.all(sources.map(({ tenant, id }) => this.carts.find(tenant, id)));
    return found.flatMap((cart, index) => {
      if (cart?.status !== 'OPEN') return [];
      const { owner } = sources[index] ?? cart;
      if (!sameOwner(owner, cart.owner)) throw new CartNotFound(cart.id);
      return [cart];
    });
  }
}

/** Line prices are in the currency of their cart, so carts of different currencies can't be merged. */
function expectOneCurrency(target: Cart, sources: readonly Cart[]): void {
  const other = sources.find(({ currency }) => currency !== target.currency);
  if (!other) return;
  const problem = `${other.id} is in ${other.currency}, but the target is in ${target.currency}: change one of them first`;
  throw InvalidInput.of('carts', problem);
}
