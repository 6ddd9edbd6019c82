import { Injectable } from '@nestjs/common';
import { Forbidden, InvalidInput } from '../shared/domain-error.js';
import { type CartCaller, mergeability } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import { CartMergeService } from './cart-merge.service.js';
import { CartRepository } from './cart.repository.js';
import type { Cart } from './cart.types.js';

/** Whose carts may be merged on request; how they are merged is CartMergeService's. */
@Injectable()
export class CartMergingService {
  constructor(
    private readonly access: CartAccessService,
    private readonly merges: CartMergeService,
    private readonly carts: CartRepository,
  ) {}

  /**
   * Anonymous carts go into a customer's; they are closed (W-53, C-08). What was merged before is left out.
   * @throws CartNotFound | Forbidden | InvalidInput | TooLarge
   */
  async merge(caller: CartCaller, cartId: string, sourceIds: readonly string[]): Promise<void> {
    const target = await this.access.use(caller, cartId);
    if (target.owner.kind !== 'customer') throw InvalidInput.of('cartId', 'must be the cart of a customer');
    const ids = [...new Set(sourceIds)];
    const found = await Promise.all(ids.map((id) => this.sourceOf(caller, target, id)));
    const sources = found.filter((source) => source !== undefined);
    await this.merges.merge(target, sources, caller.kind === 'shopper' ? caller.session : undefined);
  }

  /** Undefined: it is in that cart already. @throws InvalidInput | Forbidden */
  private async sourceOf(caller: CartCaller, target: Cart, id: string): Promise<Cart | undefined> {
    const source = await this.carts.find(caller.tenant, id);
    if (source?.mergedInto?.cartId === target.id) return undefined;
    const outcome = source
      ? mergeability(source, target, caller, await this.access.ownerLives(source))
      : undefined;
    if (outcome === 'mergeable') return source;
    if (outcome !== 'forbidden') throw InvalidInput.of('carts', `${id} is no anonymous cart that is open`);
    throw new Forbidden(`The cart ${id} is of another session`);
  }
}
