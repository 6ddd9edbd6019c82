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

/** Decides whose carts may be merged on request. CartMergeService does the merging. */
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
   * Merges anonymous carts into a customer's cart and closes them (W-53, C-08). Carts merged before are skipped.
   * @throws CartNotFound | Forbidden | InvalidInput | TooLarge
   * @throws TooManyRequests - the caller has named too many carts that may not be merged
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

  /** A backend may read every cart that it may merge, so its requests are not counted as guesses. */
  private guesserOf({ kind, address }: CartCaller): LimitedCaller | undefined {
    return kind === 'service' || this.config.RATE_LIMITS === 'off' ? undefined : { subject: [], address };
  }

  private async countGuesses(guesser: LimitedCaller, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await this.limits.countFailure(LIMITS['merge-guess'], guesser);
  }

  /** @returns the cart to merge, a refusal, or neither when the cart was merged into the target before */
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
