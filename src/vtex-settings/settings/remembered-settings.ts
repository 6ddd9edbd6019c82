import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../shared/clock.js';
import { rememberedBy } from '../../shared/remembered.js';
import { VtexSettingsRepository } from '../vtex-settings.repository.js';
import type { VtexSettings } from '../vtex-settings.types.js';
import { noSettings } from './vtex-settings.rules.js';

const REMEMBERED_TENANTS = 1_000;

/** Bounds memory, because a tenant may have thousands of regions. Counted in characters of JSON. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The settings for the apps of a session, read by each transform cycle. They are less than five seconds old (0056). */
@Injectable()
export class RememberedVtexSettings {
  private readonly remembered: LRUCache<string, VtexSettings>;

  constructor(stored: VtexSettingsRepository, clock: Clock) {
    this.remembered = new LRUCache({
      max: REMEMBERED_TENANTS,
      maxSize: MOST_CHARACTERS,
      sizeCalculation: (settings) => JSON.stringify(settings).length,
      ...rememberedBy(clock),
      // Having none is not remembered: a new tenant is about to get its first ones.
      fetchMethod: (tenant) => stored.find(tenant),
    });
  }

  /** Returns empty settings for a tenant that never set any. */
  async of(tenant: string): Promise<VtexSettings> {
    return this.remembered.get(tenant) ?? (await this.remembered.fetch(tenant)) ?? noSettings(tenant);
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.remembered.delete(tenant);
  }
}
