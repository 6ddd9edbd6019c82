import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/index.js';
import { Clock } from '../shared/clock.js';
import { deliveryId } from './delivery-id.js';
import { DeliveryRepository } from './delivery.repository.js';
import { newDelivery } from './delivery.rules.js';
import { WebhookLease } from './webhook-lease.js';
import { wantsType } from './webhook.rules.js';
import type { Webhook, WebhookCursor } from './webhook.types.js';

const AT_ONCE = 100;

/** With so many open deliveries, a webhook reads no further. The log keeps the rest for a while. */
const MOST_OPEN = 10_000;

/** Makes deliveries of the events that a webhook wants. */
@Injectable()
export class WebhookReader {
  constructor(
    private readonly log: EventLog,
    private readonly deliveries: DeliveryRepository,
    private readonly lease: WebhookLease,
    private readonly clock: Clock,
  ) {}

  /** Tells whether the log has events that the webhook has not read. */
  async hasMore({ tenant, position }: WebhookCursor): Promise<boolean> {
    return (await this.log.after(tenant, position, 1)).length > 0;
  }

  /**
   * Reads some events. The deliveries are stored before the place in the log is, so that a crash in between loses none:
   * the same deliveries are then made again, and have the same ids.
   * @returns whether there may be more
   */
  async readSome(webhook: Webhook, cursor: WebhookCursor): Promise<boolean> {
    const { tenant, webhookId } = cursor;
    if ((await this.deliveries.countOpen(tenant, webhookId, MOST_OPEN)) >= MOST_OPEN) return false;
    const events = await this.log.after(tenant, cursor.position, AT_ONCE);
    const last = events.at(-1);
    if (!last) return false;
    const now = this.clock.now();
    const wanted = events.filter(({ event }) => wantsType(webhook, event.type));
    await this.deliveries.add(
      wanted.map((logged) => newDelivery(logged, webhookId, deliveryId(webhookId, logged.event.id), now)),
    );
    await this.lease.advance(cursor, last.position);
    return events.length === AT_ONCE;
  }
}
