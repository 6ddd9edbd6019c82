import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../shared/json.js';
import { changeSite } from './change-site.js';
import { hasMixin, patchedMixin, shownMixin, shownMixins, withMixin, withoutMixin } from './mixin.rules.js';
import { MixinAlreadyExists, MixinNotFound, SiteNotFound } from './site.errors.js';
import { SiteRepository } from './site.repository.js';
import type { Site } from './site.types.js';

/** Manages the mixins of a site, one by one. Every method throws SiteNotFound. */
@Injectable()
export class SiteMixinService {
  constructor(private readonly sites: SiteRepository) {}

  async list(tenant: string, code: string): Promise<JsonObject> {
    return shownMixins(await this.site(tenant, code));
  }

  /** @throws MixinNotFound */
  async read(tenant: string, code: string, name: string): Promise<JsonObject> {
    const mixin = shownMixin(await this.site(tenant, code), name);
    if (!mixin) throw new MixinNotFound(name);
    return mixin;
  }

  /** @throws MixinAlreadyExists | InvalidInput | TooLarge */
  create(tenant: string, code: string, name: string, mixin: JsonObject): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      if (hasMixin(current, name)) throw new MixinAlreadyExists(name, code);
      return withMixin(current, name, mixin);
    });
  }

  /** @throws MixinNotFound | InvalidInput | TooLarge */
  replace(tenant: string, code: string, name: string, mixin: JsonObject): Promise<void> {
    return this.change(tenant, code, name, (current) => withMixin(current, name, mixin));
  }

  /** @throws MixinNotFound | InvalidInput | TooLarge */
  patch(tenant: string, code: string, name: string, patch: JsonObject): Promise<void> {
    return this.change(tenant, code, name, (current) => patchedMixin(current, name, patch));
  }

  /** @throws MixinNotFound */
  remove(tenant: string, code: string, name: string): Promise<void> {
    return this.change(tenant, code, name, (current) => withoutMixin(current, name));
  }

  private async site(tenant: string, code: string): Promise<Site> {
    const site = await this.sites.find(tenant, code);
    if (!site) throw new SiteNotFound(code);
    return site;
  }

  private change(tenant: string, code: string, name: string, decide: (current: Site) => Site): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      if (!hasMixin(current, name)) throw new MixinNotFound(name);
      return decide(current);
    });
  }
}
