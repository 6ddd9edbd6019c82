import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/index.js';
import { DeliveryRepository } from './delivery.repository.js';
import { withoutPerson } from './delivery.rules.js';
import { WebhookRepository } from './webhook.repository.js';
import type { Delivery } from './webhook.types.js';

const AT_ONCE = 200;

/** Takes the attributes of an erased customer out of all events: those of the log, and those that wait to be sent. */
@Injectable()
export class EventForgetter {
  constructor(
    private readonly log: EventLog,
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
  ) {}

  async forget(tenant: string, customerId: string): Promise<void> {
    // First, so that no new delivery is made of an event that has them.
    await this.log.forget(tenant, customerId);
    const stored = await this.webhooks.find(tenant);
    for (const { id } of stored?.webhooks ?? []) await this.forgetIn(tenant, id, customerId);
  }

  /** A session may have been anonymous before, so its events are found by the session. */
  private async forgetIn(tenant: string, webhookId: string, customerId: string): Promise<void> {
    const subjects = new Set<string>();
    for await (const { event, subject } of this.allOf(tenant, webhookId)) {
      if (event?.person === customerId) subjects.add(subject);
    }
    if (subjects.size === 0) return;
    for await (const { id, subject } of this.allOf(tenant, webhookId)) {
      if (subjects.has(subject)) await this.deliveries.change(tenant, id, withoutPerson);
    }
  }

  private async *allOf(tenant: string, webhookId: string): AsyncGenerator<Delivery> {
    let after: string | undefined;
    do {
      const rows = await this.deliveries.byId(tenant, webhookId, AT_ONCE, after);
      yield* rows;
      after = rows.length < AT_ONCE ? undefined : rows.at(-1)?.id;
    } while (after !== undefined);
  }
}
