import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { RecordExists, RecordNotFound } from './client-management.errors.js';
import { LocationRepository } from './client-management.repository.js';
import type { Draft, Location } from './client-management.types.js';
import { newRecord, replacedRecord } from './managed-record.rules.js';

@Injectable()
export class LocationService {
  constructor(
    private readonly locations: LocationRepository,
    private readonly clock: Clock,
  ) {}

  list(tenant: string, listing: Listing): Promise<Listed<Location>> {
    return this.locations.list(tenant, listing);
  }

  /** @throws RecordNotFound */
  async read(tenant: string, id: string): Promise<Location> {
    const found = await this.locations.find(tenant, id);
    if (!found) throw new RecordNotFound('location', id);
    return found;
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  async create(tenant: string, draft: Draft<Location>, id = newId()): Promise<string> {
    const made = await this.locations.create(newRecord({ tenant, id }, draft, this.clock.now()));
    if (!made) throw new RecordExists('location', id);
    return id;
  }

  /**
   * Replaces a location, or creates it.
   * @returns whether it was created
   * @throws RecordNotFound - a version was named, and there is no such location
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<Location>, version?: number): Promise<boolean> {
    const now = this.clock.now();
    let isNew = false;
    await this.locations.change(tenant, id, (current) => {
      isNew = !current;
      if (current) return replacedRecord(current, draft, version, now);
      if (version !== undefined) throw new RecordNotFound('location', id);
      return newRecord({ tenant, id }, draft, now);
    });
    return isNew;
  }

  /** Legal entities no longer show it. @throws RecordNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    if (!(await this.locations.remove(tenant, id))) throw new RecordNotFound('location', id);
  }
}
