import { Injectable } from '@nestjs/common';
import { VtexSettingsRepository } from '../vtex-settings.repository.js';
import type { VtexSettings } from '../vtex-settings.types.js';
import { noSettings } from './vtex-settings.rules.js';

/** What the apps of a session read. */
@Injectable()
export class VtexSettingsService {
  constructor(private readonly repository: VtexSettingsRepository) {}

  /** Empty ones for a tenant that never set any. */
  async of(tenant: string): Promise<VtexSettings> {
    return (await this.repository.find(tenant)) ?? noSettings(tenant);
  }
}
