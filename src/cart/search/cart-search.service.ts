import { Injectable } from '@nestjs/common';
import type { ListSpec } from '../../http/query/list-fields.js';
import { type ListQuery, toListing } from '../../http/query/listing.js';
import { type Page, toPage } from '../../http/query/page.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { ownerOf } from '../caller/cart-owner.rules.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';
import { CartRecovery } from '../handover/cart-recovery.service.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import type { CalculatedCart } from '../totals/cart-totals.types.js';
import { findable, isCustomers } from './cart-search.rules.js';

const CART_SEARCH: ListSpec = {
  fields: {
    id: { kind: 'text', path: 'id' },
    siteCode: { kind: 'text', path: 'siteCode' },
    currency: { kind: 'text', path: 'currency' },
    status: { kind: 'text', path: 'status' },
    type: { kind: 'text', path: 'type' },
    customerId: { kind: 'text', path: 'owner.customerId' },
    sessionId: { kind: 'text', path: 'sessionId' },
    legalEntityId: { kind: 'text', path: 'legalEntityId' },
    zipCode: { kind: 'text', path: 'zipCode' },
    countryCode: { kind: 'text', path: 'countryCode' },
    'channel.name': { kind: 'text', path: 'channel.name' },
    'items.itemYrn': { kind: 'text', path: 'items.itemYrn' },
    'discounts.code': { kind: 'text', path: 'discounts.code' },
    'metadata.version': { kind: 'number', path: 'version' },
    'metadata.createdAt': { kind: 'date', path: 'createdAt' },
    'metadata.modifiedAt': { kind: 'date', path: 'modifiedAt' },
  },
  sortable: ['id', 'metadata.createdAt', 'metadata.modifiedAt'],
  defaultSort: 'metadata.modifiedAt:desc',
  pageSize: 60,
};

/** One page of carts, and a function that calculates what a cart costs. */
export interface FoundCarts {
  /** An entry is undefined when the session of that cart has ended. */
  readonly page: Page<Cart | undefined>;
  readonly count: (cart: Cart) => CalculatedCart;
}

/** Searches carts by their fields. */
@Injectable()
export class CartSearchService {
  constructor(
    private readonly carts: CartRepository,
    private readonly calculator: CartCalculator,
    private readonly access: CartAccessService,
    private readonly recovery: CartRecovery,
  ) {}

  /**
   * Searches carts. A cart whose session has ended is omitted from its page, because nobody may read it any more
   * (D-02); the total includes it until it is erased.
   * @param maxBytes limit for the page, measured as stored
   * @throws InvalidInput - the query names a field that can't be searched or sorted by
   */
  async search(
    caller: CartCaller,
    query: ListQuery,
    withTotal: boolean,
    maxBytes: number,
  ): Promise<FoundCarts> {
    const asked = toListing(query, CART_SEARCH, withTotal);
    if (isCustomers(caller)) await this.recovery.moveAllToCustomer(caller.session);
    const listing = { ...asked, filter: [...findable(caller), ...asked.filter], maxBytes };
    const found = await this.settled(caller, listing);
    const alive = await Promise.all(found.rows.map((cart) => this.access.ownerLives(cart)));
    const rows = found.rows.map((cart, index) => (alive[index] ? cart : undefined));
    return {
      page: toPage(listing, { ...found, rows }),
      count: await this.calculator.calculatorFor(caller.tenant, found.rows),
    };
  }

  /** Finishes merges that were interrupted and searches again, so that no line appears in two carts of the page. */
  private async settled(caller: CartCaller, listing: Listing): Promise<Listed<Cart>> {
    const found = await this.find(caller, listing);
    const unfinished = found.rows.filter(({ incoming }) => incoming !== undefined);
    if (unfinished.length === 0) return found;
    await Promise.all(unfinished.map((cart) => this.recovery.settle(cart)));
    return this.find(caller, listing);
  }

  /** Searches a shopper's few carts directly, without scanning all carts of the tenant. */
  private find(caller: CartCaller, listing: Listing): Promise<Listed<Cart>> {
    return caller.kind === 'shopper'
      ? this.carts.searchOpen(caller.tenant, ownerOf(caller.session), listing)
      : this.carts.search(caller.tenant, listing);
  }
}
