import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { advanced, claimed, givenUp, holds } from './cursor.rules.js';
import { WebhookRepository } from './webhook.repository.js';
import type { WebhookCursor } from './webhook.types.js';

/** Lets one instance at a time serve a webhook, so that deliveries keep their order. */
@Injectable()
export class WebhookLease {
  /** Names this instance. */
  private readonly claim = newId();

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly clock: Clock,
  ) {}

  find(tenant: string, webhookId: string): Promise<WebhookCursor | undefined> {
    return this.webhooks.findCursor(tenant, webhookId);
  }

  /** Takes or renews the lease. @returns undefined when another instance serves the webhook, or it is gone */
  async take(cursor: WebhookCursor): Promise<WebhookCursor | undefined> {
    const now = this.clock.now();
    if (holds(cursor, this.claim, now)) return cursor;
    const taken = await this.webhooks.changeCursor(cursor.tenant, cursor.webhookId, (current) =>
      claimed(current, this.claim, now),
    );
    return taken?.claim === this.claim ? taken : undefined;
  }

  /** Notes how far the webhook has read the log. */
  async advance(cursor: WebhookCursor, position: string): Promise<void> {
    await this.webhooks.changeCursor(cursor.tenant, cursor.webhookId, (current) =>
      advanced(current, this.claim, position),
    );
  }

  /** Lets another instance go on at once. */
  async giveUp(tenant: string, webhookId: string): Promise<void> {
    await this.webhooks.changeCursor(tenant, webhookId, (current) => givenUp(current, this.claim));
  }
}
