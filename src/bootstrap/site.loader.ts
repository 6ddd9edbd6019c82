import { Injectable } from '@nestjs/common';
import { SiteRepository } from '../site-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toSite } from './declared-records.js';
import { absent, differing, kept, made, type Outcome } from './outcome.rules.js';

@Injectable()
export class SiteLoader {
  constructor(private readonly sites: SiteRepository) {}

  async load(tenant: string, declared: DeclaredTenant['sites'][number], place: string): Promise<Outcome> {
    const site = toSite(tenant, declared);
    if (await this.sites.create(site)) return made(place);
    const stored = await this.sites.find(tenant, site.code);
    if (!stored) return absent(place);
    const { mixins: _mixins, mixinSchemas: _schemas, services: _services, version: _version, ...told } = site;
    return kept(place, differing(told, stored));
  }
}
