import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { TenantRepository } from './tenant.repository.js';
import type { CartAtLogin, IdentityProvider, MailSettings, VtexTenantSettings } from './tenant.types.js';

/** How long an anonymous session of a tenant lives, in seconds. */
export interface AnonymousLifetime {
  readonly lifetimeSeconds: number;
  readonly dormantSeconds: number;
  /** Since its login, however often it is refreshed. */
  readonly maxSeconds: number;
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

  async cartAtLogin(tenant: string): Promise<CartAtLogin> {
    return (await this.tenants.find(tenant))?.settings.cartAtLogin ?? 'keep';
  }

  async asksOptIn(tenant: string): Promise<boolean> {
    return (await this.tenants.find(tenant))?.settings.doubleOptIn ?? false;
  }

  /** What the tenant leaves out is a page of `STOREFRONT_URL`; without either, mails carry the token alone. */
  async mail(tenant: string): Promise<MailSettings> {
    const storefront = this.config.STOREFRONT_URL;
    const pages = storefront === undefined ? {} : pagesOf(storefront);
    return { ...pages, ...(await this.tenants.find(tenant))?.settings.mail };
  }

  /** @returns undefined when there is no such tenant */
  async vtexSettings(tenant: string): Promise<VtexTenantSettings | undefined> {
    const found = await this.tenants.find(tenant);
    return found && (found.settings.vtex ?? {});
  }

  async anonymousLifetime(tenant: string): Promise<AnonymousLifetime> {
    const settings = (await this.tenants.find(tenant))?.settings;
    return {
      lifetimeSeconds: settings?.anonymousLifetimeSeconds ?? this.config.ANONYMOUS_LIFETIME_SECONDS,
      dormantSeconds: settings?.anonymousDormantSeconds ?? this.config.ANONYMOUS_DORMANT_SECONDS,
      maxSeconds: this.config.ANONYMOUS_MAX_SECONDS,
    };
  }
}

const pagesOf = (storefront: string): MailSettings => ({
  optInUrl: `${storefront}/opt-in?token={token}`,
  passwordResetUrl: `${storefront}/password-reset?token={token}`,
  emailChangeUrl: `${storefront}/email-change?token={token}`,
});
