import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { RememberedOfTenants } from '../../shared/remembered.js';
import { PriceListRepository } from '../price-list.repository.js';

/** Remembers for five seconds which tenants have price lists, so that the others pay nothing for them. */
@Injectable()
export class PresentLists {
  private readonly remembered: RememberedOfTenants<{ readonly any: boolean }>;

  constructor(lists: PriceListRepository, clock: Clock) {
    this.remembered = new RememberedOfTenants(clock, async (tenant) => ({ any: await lists.hasAny(tenant) }));
  }

  async any(tenant: string): Promise<boolean> {
    return (await this.remembered.of(tenant))?.any ?? false;
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.remembered.forget(tenant);
  }
}
