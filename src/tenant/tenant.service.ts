import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { TenantRepository } from './tenant.repository.js';
import type {
  CartAtLogin,
  CartPrices,
  HandoverSettings,
  IdentityProvider,
  MailSettings,
  Tenant,
  VtexTenantSettings,
} from './tenant.types.js';

/** How long an anonymous session of a tenant lives, in seconds. */
export interface AnonymousLifetime {
  readonly lifetimeSeconds: number;
  readonly dormantSeconds: number;
  /** Maximum since the login, however often the session is refreshed. */
  readonly maxSeconds: number;
}

export interface SignUpSettings {
  readonly asksOptIn: boolean;
  readonly hidesExistingAccounts: boolean;
}

/** Milliseconds; as long as clients are cached. Settings change far less often than requests arrive. */
const REMEMBERED_MS = 5_000;

const REMEMBERED_TENANTS = 1_000;

@Injectable()
export class TenantService {
  private readonly remembered = new LRUCache<string, { readonly tenant: Tenant; readonly readAt: number }>({
    max: REMEMBERED_TENANTS,
  });

  constructor(
    private readonly tenants: TenantRepository,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async exists(tenant: string): Promise<boolean> {
    return (await this.find(tenant)) !== undefined;
  }

  /** @returns undefined when the tenant declared no provider with that name */
  async identityProvider(tenant: string, config = 'default'): Promise<IdentityProvider | undefined> {
    const declared = (await this.find(tenant))?.settings.identityProviders;
    return declared?.find((provider) => provider.config === config);
  }

  async cartAtLogin(tenant: string): Promise<CartAtLogin> {
    return (await this.find(tenant))?.settings.cartAtLogin ?? 'keep';
  }

  async cartPrices(tenant: string): Promise<CartPrices> {
    return (await this.find(tenant))?.settings.cartPrices ?? 'checked';
  }

  async signUp(tenant: string): Promise<SignUpSettings> {
    const { doubleOptIn = false, hidesExistingAccounts = false } = (await this.find(tenant))?.settings ?? {};
    return { asksOptIn: doubleOptIn || hidesExistingAccounts, hidesExistingAccounts };
  }

  async historyOmitsAttributeValues(tenant: string): Promise<boolean> {
    return (await this.find(tenant))?.settings.historyOmitsAttributeValues ?? false;
  }

  async eventsWithAttributeValues(tenant: string): Promise<boolean> {
    return (await this.find(tenant))?.settings.eventsWithAttributeValues ?? false;
  }

  /** Pages that the tenant does not set are pages of `STOREFRONT_URL`. Without either, mails contain just the token. */
  async mail(tenant: string): Promise<MailSettings> {
    const storefront = this.config.STOREFRONT_URL;
    const pages = storefront === undefined ? {} : pagesOf(storefront);
    return { ...pages, ...(await this.find(tenant))?.settings.mail };
  }

  async handover(tenant: string): Promise<HandoverSettings> {
    const shopUrl = this.config.STOREFRONT_URL;
    return { ...(shopUrl !== undefined && { shopUrl }), ...(await this.find(tenant))?.settings.handover };
  }

  /** Makes a change take effect on this instance at once; the others follow within five seconds. */
  forget(name: string): void {
    this.remembered.delete(name);
  }

  /** @returns undefined when there is no such tenant, or it is switched off */
  async vtexSettings(tenant: string): Promise<VtexTenantSettings | undefined> {
    const found = await this.find(tenant);
    return found && found.enabled !== false ? (found.settings.vtex ?? {}) : undefined;
  }

  async anonymousLifetime(tenant: string): Promise<AnonymousLifetime> {
    const settings = (await this.find(tenant))?.settings;
    return {
      lifetimeSeconds: settings?.anonymousLifetimeSeconds ?? this.config.ANONYMOUS_LIFETIME_SECONDS,
      dormantSeconds: settings?.anonymousDormantSeconds ?? this.config.ANONYMOUS_DORMANT_SECONDS,
      maxSeconds: this.config.ANONYMOUS_MAX_SECONDS,
    };
  }

  /** Finds a tenant. One that is missing or switched off is not cached, because that may end at any moment. */
  private async find(name: string): Promise<Tenant | undefined> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(name);
    if (known && Math.abs(now - known.readAt) < REMEMBERED_MS) return known.tenant;
    const tenant = await this.tenants.find(name);
    if (!tenant || tenant.enabled === false) this.remembered.delete(name);
    if (tenant && tenant.enabled !== false) this.remembered.set(name, { tenant, readAt: now });
    return tenant;
  }
}

const pagesOf = (storefront: string): MailSettings => ({
  optInUrl: `${storefront}/opt-in?token={token}`,
  passwordResetUrl: `${storefront}/password-reset?token={token}`,
  emailChangeUrl: `${storefront}/email-change?token={token}`,
  emailChangeUndoUrl: `${storefront}/email-change-undo?token={token}`,
  passwordForgottenUrl: `${storefront}/password-forgotten`,
});
