import { Injectable, Logger } from '@nestjs/common';
import { reseal } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { TenantRepository } from '../tenant/index.js';
import { WebhookNotFound } from './webhook.errors.js';
import { WebhookRepository } from './webhook.repository.js';
import { signingSecrets, withSecretsResealed } from './webhook.rules.js';
import type { Webhook } from './webhook.types.js';

export interface WebhookOfTenant {
  readonly tenant: string;
  readonly webhookId: string;
}

export interface ReencryptedWebhookSecrets {
  /** How many secrets only the first secret of `KEYS_SECRET` opens now. */
  readonly reencrypted: number;
  /** How many it opened before. */
  readonly unchanged: number;
  /** Webhooks with a secret that no secret of the list opens. */
  readonly unreadable: readonly WebhookOfTenant[];
}

/** Manages the encryption of the stored secrets of webhooks. */
@Injectable()
export class WebhookSecrets {
  private readonly log = new Logger(WebhookSecrets.name);

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly tenants: TenantRepository,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Encrypts with the first secret of `KEYS_SECRET` what an earlier one opens, so that the earlier ones can be taken out
   * of the list. Repeated, it changes nothing. Secrets that no longer sign are left as they are.
   */
  async reencrypt(): Promise<ReencryptedWebhookSecrets> {
    let [reencrypted, unchanged] = [0, 0];
    const unreadable: WebhookOfTenant[] = [];
    for (const tenant of await this.tenants.names()) {
      for (const webhook of (await this.webhooks.find(tenant))?.webhooks ?? []) {
        const done = await this.resealed(webhook);
        unchanged += done.unchanged;
        if (done.isUnreadable) unreadable.push({ tenant, webhookId: webhook.id });
        if (await this.replace(tenant, webhook.id, done.resealed)) reencrypted += done.resealed.size;
      }
    }
    return { reencrypted, unchanged, unreadable };
  }

  private async resealed(webhook: Webhook): Promise<ResealedWebhook> {
    const resealed = new Map<string, string>();
    let [unchanged, isUnreadable] = [0, false];
    for (const { sealed } of signingSecrets(webhook, this.clock.now())) {
      const to = await reseal(sealed, this.config);
      if (to === 'unreadable') isUnreadable = true;
      else if (to === 'unchanged') unchanged += 1;
      else resealed.set(sealed, to.sealed);
    }
    return { resealed, unchanged, isUnreadable };
  }

  /** @returns false if there is nothing to replace, or somebody removed or replaced it meanwhile */
  private async replace(
    tenant: string,
    webhookId: string,
    resealed: ReadonlyMap<string, string>,
  ): Promise<boolean> {
    if (resealed.size === 0) return false;
    let changed = false;
    try {
      await this.webhooks.change(tenant, (current) => {
        // Writing nothing keeps a tenant that was deleted meanwhile from getting a record again.
        if (!current) throw new WebhookNotFound(webhookId);
        const next = withSecretsResealed(current, webhookId, resealed);
        changed = next !== current;
        return next;
      });
    } catch (error) {
      if (!(error instanceof WebhookNotFound)) throw error;
      return false;
    }
    if (changed) this.log.log({ tenant, webhook: webhookId }, 'webhook secrets encrypted again');
    return changed;
  }
}

interface ResealedWebhook {
  /** What to store instead of each secret that an earlier secret opened. */
  readonly resealed: ReadonlyMap<string, string>;
  readonly unchanged: number;
  readonly isUnreadable: boolean;
}
