import { Injectable } from '@nestjs/common';
import { type ListQuery, toListing } from '../http/query/listing.js';
import type { ListSpec } from '../http/query/list-fields.js';
import type { Listed, Listing } from '../shared/filter.types.js';
import type { CartCaller } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import { CartAtLoginService } from './cart-at-login.service.js';
import { CartCountingService } from './cart-counting.service.js';
import { CartMergeService } from './cart-merge.service.js';
import { CartRepository } from './cart.repository.js';
import { findable, isCustomers } from './cart-search.rules.js';
import type { CountedCart } from './cart-totals.types.js';
import type { Cart } from './cart.types.js';

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

/** Finds carts by what they are. */
@Injectable()
export class CartSearchService {
  constructor(
    private readonly carts: CartRepository,
    private readonly counting: CartCountingService,
    private readonly access: CartAccessService,
    private readonly merges: CartMergeService,
    private readonly logins: CartAtLoginService,
  ) {}

  /**
   * A cart whose session is over is left out of its page, as it is nobody's to read any more (D-02); the total has
   * it until it is erased.
   * @throws InvalidInput - it can't be searched or sorted like that
   */
  async search(caller: CartCaller, query: ListQuery, withTotal: boolean): Promise<Listed<CountedCart>> {
    const listing = toListing(query, CART_SEARCH, withTotal);
    if (isCustomers(caller)) await this.logins.becomeCustomers(caller.session);
    const filter = [...findable(caller), ...listing.filter];
    const { rows, ...total } = await this.settled(caller.tenant, { ...listing, filter });
    const alive = await Promise.all(rows.map((cart) => this.access.ownerLives(cart)));
    const carts = rows.filter((_, index) => alive[index]);
    return { ...total, rows: await this.counting.countAll(caller.tenant, carts) };
  }

  /** A merge that was cut short is finished first: its lines are then in one cart, and not in two of the page. */
  private async settled(tenant: string, listing: Listing): Promise<Listed<Cart>> {
    const found = await this.carts.search(tenant, listing);
    const unfinished = found.rows.filter(({ incoming }) => incoming !== undefined);
    if (unfinished.length === 0) return found;
    await Promise.all(unfinished.map((cart) => this.merges.finish(cart)));
    return this.carts.search(tenant, listing);
  }
}
