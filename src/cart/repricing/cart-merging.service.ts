import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { type LimitedCaller, LIMITS, RateLimitService } from '../../rate-limit/index.js';
import { type DomainError, Forbidden, InvalidInput } from '../../shared/domain-error.js';
import { mergeability } from '../access/cart-access.rules.js';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';
import { CartMergeService } from '../handover/cart-merge.service.js';

/** Whose carts may be merged on request; how they are merged is CartMergeService's. */
@Injectable()
export class CartMergingService {
  private readonly log = new Logger(CartMergingService.name);

  constructor(
    private readonly access: CartAccessService,
    private readonly merges: CartMergeService,
    private readonly carts: CartRepository,
    private readonly limits: RateLimitService,
    private readonly config: Config,
  ) {}

  /**
   * Anonymous carts go into a customer's; they are closed (W-53, C-08). What was merged before is left out.
   * @throws CartNotFound | Forbidden | InvalidInput | TooLarge; TooManyRequests - too many that are not there
   */
  async merge(caller: CartCaller, cartId: string, sourceIds: readonly string[]): Promise<void> {
    const target = await this.access.use(caller, cartId);
    if (target.owner.kind !== 'customer') throw InvalidInput.of('cartId', 'must be the cart of a customer');
    const guesser = this.guesserOf(caller);
    if (guesser) await this.limits.consume(LIMITS['merge-guess'], guesser);
    const ids = [...new Set(sourceIds)];
    const found = await Promise.all(ids.map((id) => this.sourceOf(caller, target, id)));
    const refusals = found.flatMap((one) => ('refused' in one ? [one.refused] : []));
    if (guesser) await this.countGuesses(guesser, refusals.length);
    if (refusals[0]) throw refusals[0];
    const sources = found.flatMap((one) => ('source' in one && one.source ? [one.source] : []));
    await this.merges.merge(target, sources, caller.kind === 'shopper' ? caller.session : undefined);
  }

  /** A backend may read every cart that it may merge, so it has nothing to guess. */
  private guesserOf({ kind, address }: CartCaller): LimitedCaller | undefined {
    return kind === 'service' || this.config.RATE_LIMITS === 'off' ? undefined : { subject: [], address };
  }

  private async countGuesses(guesser: LimitedCaller, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await this.limits.countFailure(LIMITS['merge-guess'], guesser);
  }

  /** Without a source: it is in that cart already. */
  private async sourceOf(
    caller: CartCaller,
    target: Cart,
    id: string,
  ): Promise<{ readonly source?: Cart } | { readonly refused: DomainError }> {
    const source = await this.carts.find(caller.tenant, id);
    const outcome = source
      ? mergeability(source, target, caller, await this.access.ownerLives(source))
      : 'not-anonymous';
    if (outcome === 'merged') return {};
    if (source && outcome === 'mergeable') return { source };
    this.log.warn({ tenant: caller.tenant, cartId: target.id, source: id, outcome }, 'A merge was refused');
    return {
      refused:
        outcome === 'forbidden'
          ? new Forbidden(`The cart ${id} is of another session`)
          : InvalidInput.of('carts', `${id} is no anonymous cart that is open`),
    };
  }
}
