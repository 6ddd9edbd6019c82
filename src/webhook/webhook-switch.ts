import { Injectable, Logger } from '@nestjs/common';
import { Subscribers } from '../events/index.js';
import { Clock } from '../shared/clock.js';
import { WebhookRepository } from './webhook.repository.js';
import { goneWebhook, noWebhooks, replaced } from './webhook.rules.js';

const interestOf = (webhookId: string): string => `webhook:${webhookId}`;

/** Tells the gate of events which webhooks are enabled, and switches off those whose target is gone. */
@Injectable()
export class WebhookSwitch {
  private readonly log = new Logger(WebhookSwitch.name);

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly subscribers: Subscribers,
    private readonly clock: Clock,
  ) {}

  /** Resolves once all instances make events for the tenant. */
  listen(tenant: string, webhookId: string): Promise<void> {
    return this.subscribers.add(tenant, { id: interestOf(webhookId) });
  }

  /** Makes up for an instance that stopped between storing a webhook and telling the gate. */
  async listenAgain(tenant: string, webhookId: string): Promise<void> {
    if (!this.subscribers.wants(tenant)) await this.listen(tenant, webhookId);
  }

  unlisten(tenant: string, webhookId: string): Promise<void> {
    return this.subscribers.remove(tenant, interestOf(webhookId));
  }

  async switchOff(tenant: string, webhookId: string): Promise<void> {
    const now = this.clock.now();
    await this.webhooks.change(tenant, (current = noWebhooks(tenant)) =>
      replaced(current, webhookId, (webhook) => goneWebhook(webhook, now)),
    );
    await this.unlisten(tenant, webhookId);
    this.log.warn({ tenant, webhook: webhookId }, 'webhook switched off: its target answered 410');
  }
}
