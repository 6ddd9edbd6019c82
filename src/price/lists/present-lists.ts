import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../shared/clock.js';
import { rememberedBy } from '../../shared/remembered.js';
import { PriceListRepository } from '../price-list.repository.js';

const REMEMBERED_TENANTS = 10_000;

/** Remembers for five seconds which tenants have price lists, so that the others pay nothing for them. */
@Injectable()
export class PresentLists {
  private readonly remembered: LRUCache<string, { readonly any: boolean }>;

  constructor(lists: PriceListRepository, clock: Clock) {
    this.remembered = new LRUCache({
      max: REMEMBERED_TENANTS,
      ...rememberedBy(clock),
      fetchMethod: async (tenant) => ({ any: await lists.hasAny(tenant) }),
    });
  }

  async any(tenant: string): Promise<boolean> {
    const known = this.remembered.get(tenant) ?? (await this.remembered.fetch(tenant));
    return known?.any ?? false;
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.remembered.delete(tenant);
  }
}
