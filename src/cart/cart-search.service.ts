import { Injectable } from '@nestjs/common';
import { type ListQuery, toListing } from '../http/query/listing.js';
import type { ListSpec } from '../http/query/list-fields.js';
import type { Listed } from '../shared/filter.types.js';
import type { CartCaller } from './cart-access.rules.js';
import { CartCountingService } from './cart-counting.service.js';
import { CartRepository } from './cart.repository.js';
import { findable } from './cart-search.rules.js';
import type { CountedCart } from './cart-totals.types.js';

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
  ) {}

  /** @throws InvalidInput - it can't be searched or sorted like that */
  async search(caller: CartCaller, query: ListQuery, withTotal: boolean): Promise<Listed<CountedCart>> {
    const listing = toListing(query, CART_SEARCH, withTotal);
    const filter = [...findable(caller), ...listing.filter];
    const { rows, ...total } = await this.carts.search(caller.tenant, { ...listing, filter });
    return { ...total, rows: await this.counting.countAll(caller.tenant, rows) };
  }
}
