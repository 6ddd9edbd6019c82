import { Injectable } from '@nestjs/common';
import { VtexSettingsRepository } from '../vtex-settings.repository.js';
import type { VtexSettings } from '../vtex-settings.types.js';
import { noSettings } from './vtex-settings.rules.js';

/** Shows employees the settings for the apps of a session, as they are stored. */
@Injectable()
export class VtexSettingsService {
  constructor(private readonly repository: VtexSettingsRepository) {}

  /** Returns empty settings for a tenant that never set any. */
  async of(tenant: string): Promise<VtexSettings> {
    return (await this.repository.find(tenant)) ?? noSettings(tenant);
  }
}
