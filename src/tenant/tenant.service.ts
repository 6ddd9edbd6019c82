import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { TenantRepository } from './tenant.repository.js';
import type { IdentityProvider } from './tenant.types.js';

/** How long an anonymous session of a tenant lives, in seconds. */
export interface AnonymousLifetime {
  readonly lifetimeSeconds: number;
  readonly dormantSeconds: number;
}

@Injectable()
export class TenantService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly config: Config,
  ) {}

  /** @returns undefined when the tenant declared none of that name */
  async identityProvider(tenant: string, config = 'default'): Promise<IdentityProvider | undefined> {
    const declared = (await this.tenants.find(tenant))?.settings.identityProviders;
    return declared?.find((provider) => provider.config === config);
  }

  async anonymousLifetime(tenant: string): Promise<AnonymousLifetime> {
    const settings = (await this.tenants.find(tenant))?.settings;
    return {
      lifetimeSeconds: settings?.anonymousLifetimeSeconds ?? this.config.ANONYMOUS_LIFETIME_SECONDS,
      dormantSeconds: settings?.anonymousDormantSeconds ?? this.config.ANONYMOUS_DORMANT_SECONDS,
    };
  }
}
