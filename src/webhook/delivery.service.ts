import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { newId } from '../shared/ids.js';
import { DeliveryRepository } from './delivery.repository.js';
import { retried } from './delivery.rules.js';
import { TEST_TYPE } from './envelope.js';
import { WebhookHttp } from './webhook-http.js';
import { AlreadyDelivered, DeliveryNotFound } from './webhook.errors.js';
import { WebhookService } from './webhook.service.js';
import type { Attempt, Delivery } from './webhook.types.js';

const REMOVED_AT_ONCE = 500;

/** Shows the deliveries of webhooks, and sends some of them again. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly deliveries: DeliveryRepository,
    private readonly http: WebhookHttp,
    private readonly clock: Clock,
  ) {}

  /** @throws WebhookNotFound */
  async list(tenant: string, webhookId: string, listing: Listing): Promise<Listed<Delivery>> {
    await this.webhooks.read(tenant, webhookId);
    const alive = { op: 'gt', path: 'erasedAt', value: this.clock.now() } as const;
    return this.deliveries.list(tenant, webhookId, { ...listing, filter: [...listing.filter, alive] });
  }

  /** Has a delivery sent now. @throws DeliveryNotFound | AlreadyDelivered */
  async retry(tenant: string, id: string): Promise<Delivery> {
    const now = this.clock.now();
    const delivery = await this.deliveries.change(tenant, id, (current) => retried(current, now));
    if (!delivery) throw new DeliveryNotFound(id);
    if (delivery.state === 'delivered') throw new AlreadyDelivered(id);
    return delivery;
  }

  /** Sends an event that is in no log, and waits for the answer. @throws WebhookNotFound */
  async test(tenant: string, webhookId: string): Promise<Attempt> {
    const webhook = await this.webhooks.read(tenant, webhookId);
    const event = { tenant, type: TEST_TYPE, subject: webhookId, sequence: 0, data: {} };
    return this.http.post(webhook, { id: `test.${newId()}`, time: this.clock.now(), ...event });
  }

  /** Removes a webhook with its deliveries. @throws WebhookNotFound */
  async removeWebhook(tenant: string, webhookId: string): Promise<void> {
    await this.webhooks.remove(tenant, webhookId);
    while ((await this.deliveries.removeOf(tenant, webhookId, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE);
  }
}
