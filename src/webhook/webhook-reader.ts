import { Injectable } from '@nestjs/common';
import { EventLog, type LoggedEvent } from '../events/index.js';
import { Clock } from '../shared/clock.js';
import { EventMeter } from '../shared/event-meter.js';
import { deliveryId } from './delivery-id.js';
import { DeliveryRepository } from './delivery.repository.js';
import { newDelivery } from './delivery.rules.js';
import { WebhookLease } from './webhook-lease.js';
import { wantsType } from './webhook.rules.js';
import type { Webhook, WebhookCursor } from './webhook.types.js';

const AT_ONCE = 100;

/** With so many open deliveries, a webhook reads no further. The log keeps the rest for a while. */
const MOST_OPEN = 10_000;

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;

/** Makes deliveries of the events that a webhook wants. */
@Injectable()
export class WebhookReader {
  /** Seconds, by webhook; only of those that are behind. */
  private readonly lags = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    private readonly deliveries: DeliveryRepository,
    private readonly lease: WebhookLease,
    private readonly meter: EventMeter,
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
    if ((await this.deliveries.countOpen(tenant, webhookId, MOST_OPEN)) >= MOST_OPEN) {
      this.tellLag(webhookId, (await this.log.after(tenant, cursor.position, 1))[0]);
      return false;
    }
    const events = await this.log.after(tenant, cursor.position, AT_ONCE);
    const last = events.at(-1);
    if (!last) return false;
    const now = this.clock.now();
    const wanted = events.filter(({ event }) => wantsType(webhook, event.type));
    await this.deliveries.add(
      wanted.map((logged) => newDelivery(logged, webhookId, deliveryId(webhookId, logged.event.id), now)),
    );
    await this.lease.advance(cursor, last.position);
    const more = events.length === AT_ONCE;
    this.tellLag(webhookId, more ? last : undefined);
    return more;
  }

  /** @param oldest that is not read, or was read last; undefined if the webhook has read all */
  private tellLag(webhookId: string, oldest: LoggedEvent | undefined): void {
    if (oldest) this.lags.set(webhookId, secondsBetween(oldest.event.time, this.clock.now()));
    else this.lags.delete(webhookId);
    this.meter.lag(Math.max(0, ...this.lags.values()));
  }
}
