import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { Clock } from '../shared/clock.js';
import { RecordNotFound } from './client-management.errors.js';
import { LocationRepository } from './client-management.repository.js';
import type { Draft, Location } from './client-management.types.js';
import { RecordKeeper } from './record-keeper.js';

@Injectable()
export class LocationService {
  private readonly keeper: RecordKeeper<Location>;

  constructor(
    private readonly locations: LocationRepository,
    clock: Clock,
  ) {
    this.keeper = new RecordKeeper<Location>('location', locations, clock);
  }

  list(tenant: string, listing: Listing): Promise<Listed<Location>> {
    return this.locations.list(tenant, listing);
  }

  /** @throws RecordNotFound */
  read(tenant: string, id: string): Promise<Location> {
    return this.keeper.read(tenant, id);
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  create(tenant: string, draft: Draft<Location>, id?: string): Promise<string> {
    return this.keeper.create(tenant, draft, id);
  }

  /**
   * Replaces a location, or creates it.
   * @returns whether it was created
   * @throws RecordNotFound - a version was named, and there is no such location
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<Location>, version?: number): Promise<boolean> {
    return !(await this.keeper.put(tenant, id, draft, version));
  }

  /** Legal entities no longer show it. @throws RecordNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    if (!(await this.locations.remove(tenant, id))) throw new RecordNotFound('location', id);
  }
}
