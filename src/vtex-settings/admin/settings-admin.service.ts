import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain-error.js';
import { SiteRepository } from '../../site-settings/index.js';
import type { TradePolicy } from '../settings/trade-policy.rules.js';
import {
  entryOf,
  noSettings,
  withEntry,
  withImpersonate,
  withoutEntry,
} from '../settings/vtex-settings.rules.js';
import { RememberedVtexSettings } from '../settings/remembered-settings.js';
import { VtexSettingsRepository } from '../vtex-settings.repository.js';
import type { Draft, Entry, EntryKind, VtexSettings } from '../vtex-settings.types.js';
import { TargetAddresses } from '../../http/upstream/target-addresses.js';

/** Changes the settings on behalf of employees. */
@Injectable()
export class SettingsAdminService {
  constructor(
    private readonly repository: VtexSettingsRepository,
    private readonly remembered: RememberedVtexSettings,
    private readonly sites: SiteRepository,
    private readonly addresses: TargetAddresses,
  ) {}

  tradePolicies(tenant: string): Promise<readonly TradePolicy[]> {
    return this.sites.list(tenant);
  }

  /**
   * @param version the version that the caller read; without it, an existing entry is replaced
   * @throws InvalidInput | VersionConflict | SettingsTooLarge
   */
  async put<K extends EntryKind>(
    tenant: string,
    kind: K,
    draft: Draft<K>,
    version: number | undefined,
  ): Promise<Entry<K>> {
    const next = await this.change(tenant, (current) => withEntry(current, kind, draft, version));
    const saved = entryOf(next, kind, draft.id);
    if (!saved) throw new Error(`No ${kind} '${draft.id}' after it was saved`);
    return saved;
  }

  /** @throws InvalidInput - a sales channel is not a site @throws as `put` does */
  async putRegion(
    tenant: string,
    draft: Draft<'regions'>,
    version: number | undefined,
  ): Promise<Entry<'regions'>> {
    const { salesChannels = [] } = draft;
    const codes = salesChannels.length > 0 ? (await this.sites.list(tenant)).map(({ code }) => code) : [];
    const unknown = salesChannels.filter((channel) => !codes.includes(channel));
    if (unknown.length > 0) {
      throw InvalidInput.of(
        'salesChannels',
        `must be codes of sites, but there is no site ${unknown.join(', ')}`,
      );
    }
    return this.put(tenant, 'regions', draft, version);
  }

  /** @throws InvalidInput | VersionConflict | SettingsTooLarge */
  async installApp(
    tenant: string,
    draft: Draft<'sessionApps'>,
    version: number | undefined,
  ): Promise<Entry<'sessionApps'>> {
    this.addresses.expectAllowed('url', draft.url);
    return this.put(tenant, 'sessionApps', draft, version);
  }

  /** @throws SettingsEntryNotFound */
  async remove(tenant: string, kind: EntryKind, id: string): Promise<void> {
    await this.change(tenant, (current) => withoutEntry(current, kind, id));
  }

  async setImpersonate(tenant: string, installed: boolean): Promise<void> {
    await this.change(tenant, (current) => withImpersonate(current, installed));
  }

  private async change(
    tenant: string,
    decide: (current: VtexSettings) => VtexSettings,
  ): Promise<VtexSettings> {
    try {
      return await this.repository.change(tenant, (current) => decide(current ?? noSettings(tenant)));
    } finally {
      // Even if the write failed: it may have reached the store.
      this.remembered.forget(tenant);
    }
  }
}
