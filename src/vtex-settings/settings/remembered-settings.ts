import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../shared/clock.js';
import { RememberedOfTenants } from '../../shared/remembered.js';
import { VtexSettingsRepository } from '../vtex-settings.repository.js';
import type { VtexSettings } from '../vtex-settings.types.js';
import { noSettings } from './vtex-settings.rules.js';

const MOST_WITHOUT = 1_000;

/** The settings for the apps of a session, read by each transform cycle. They are less than five seconds old (0056). */
@Injectable()
export class RememberedVtexSettings {
  private readonly remembered: RememberedOfTenants<VtexSettings>;
  /** One object for each such tenant, so that what is remembered of its apps lasts. */
  private readonly none = new LRUCache<string, VtexSettings>({ max: MOST_WITHOUT, memoMethod: noSettings });

  constructor(stored: VtexSettingsRepository, clock: Clock) {
    this.remembered = new RememberedOfTenants(clock, (tenant) => stored.find(tenant));
  }

  /** Returns empty settings for a tenant that never set any. */
  async of(tenant: string): Promise<VtexSettings> {
    return (await this.remembered.of(tenant)) ?? this.none.memo(tenant);
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.remembered.forget(tenant);
  }
}
