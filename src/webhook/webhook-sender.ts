import { Injectable, Logger } from '@nestjs/common';
import { Clock, secondsAfter } from '../shared/clock.js';
import { EventMeter } from '../shared/event-meter.js';
import { DeliveryRepository } from './delivery.repository.js';
import { attempted, isGone, lanesOf, postponed, released } from './delivery.rules.js';
import { WebhookHttp } from './webhook-http.js';
import { WebhookSwitch } from './webhook-switch.js';
import type { Attempt, Delivery, Webhook } from './webhook.types.js';

/** Deliveries that are looked at together. */
const AT_ONCE = 50;

/** Requests to one target that are under way at once. */
const MOST_REQUESTS = 8;

/** Of one webhook, at the time of a pass. */
export interface Sending {
  readonly tenant: string;
  readonly webhook: Webhook;
  /** False when the instance stops, or may not serve the webhook any more. */
  goesOn(): Promise<boolean>;
  /** Called when the target answered 410. */
  ended(): void;
}

/** Sends deliveries that are due: those of one subject one after another, those of several at once. */
@Injectable()
export class WebhookSender {
  private readonly log = new Logger(WebhookSender.name);

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly http: WebhookHttp,
    private readonly webhooks: WebhookSwitch,
    private readonly meter: EventMeter,
    private readonly clock: Clock,
  ) {}

  /** Returns the milliseconds until a delivery is due; undefined when none is open. */
  async untilDue(tenant: string, webhookId: string): Promise<number | undefined> {
    const next = await this.deliveries.nextDue(tenant, webhookId);
    return next?.dueAt && Math.max(0, next.dueAt.getTime() - this.clock.now().getTime());
  }

  /** @returns whether there may be more that is due */
  async sendSome(sending: Sending): Promise<boolean> {
    const { tenant, webhook } = sending;
    const due = await this.deliveries.due(tenant, webhook.id, this.clock.now(), AT_ONCE);
    const lanes = [...lanesOf(due)];
    const work = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift()) await this.sendLane(sending, lane);
    };
    await Promise.all(Array.from({ length: Math.min(MOST_REQUESTS, lanes.length) }, work));
    return due.length > 0;
  }

  /** Sends deliveries of one subject in order. One that fails holds back those behind it. */
  private async sendLane(sending: Sending, lane: readonly Delivery[]): Promise<void> {
    const { tenant, webhook } = sending;
    for (const [i, one] of lane.entries()) {
      if (!(await sending.goesOn())) return;
      const first = await this.deliveries.firstOpen(tenant, webhook.id, one.subject);
      if (!first) return;
      const waits = first.id !== one.id && first.dueAt !== undefined && first.dueAt > this.clock.now();
      const now = waits ? first : await this.sendOne(sending, first);
      if (now?.dueAt) return this.holdBack(lane.slice(now.id === one.id ? i + 1 : i), now.dueAt);
      if (now?.state === 'failed') this.tellGivenUp(now);
    }
    await this.releaseNext(tenant, webhook.id, lane[0]?.subject ?? '');
  }

  private async sendOne(sending: Sending, delivery: Delivery): Promise<Delivery | undefined> {
    const { tenant, webhook } = sending;
    if (!delivery.event) return delivery;
    const attempt = await this.http.post(webhook, delivery.event);
    const [now, random] = [this.clock.now(), Math.random()];
    if (isGone(attempt)) {
      sending.ended();
      await this.webhooks.switchOff(tenant, webhook.id);
    }
    const left = await this.deliveries.change(tenant, delivery.id, (current) =>
      attempted(current, attempt, now, random),
    );
    this.meter.delivery(attempt.ok ? 'delivered' : 'failed');
    this.tell(attempt, left ?? delivery);
    return left;
  }

  private async holdBack(lane: readonly Delivery[], until: Date): Promise<void> {
    const now = this.clock.now();
    const dueAt = secondsAfter(until, 0.001);
    await Promise.all(
      lane.map(({ tenant, id }) =>
        this.deliveries.change(tenant, id, (current) => postponed(current, dueAt, now)),
      ),
    );
  }

  private async releaseNext(tenant: string, webhookId: string, subject: string): Promise<void> {
    const next = await this.deliveries.firstOpen(tenant, webhookId, subject);
    const now = this.clock.now();
    if (next) await this.deliveries.change(tenant, next.id, (current) => released(current, now));
  }

  private tell(attempt: Attempt, { tenant, webhookId, id, type, attempts }: Delivery): void {
    if (attempt.ok) return;
    const { error, status } = attempt;
    this.log.warn(
      { tenant, webhook: webhookId, delivery: id, type, attempts, error, status },
      'event not delivered',
    );
  }

  private tellGivenUp({ tenant, webhookId, id, type, attempts }: Delivery): void {
    this.meter.delivery('given-up');
    this.log.error({ tenant, webhook: webhookId, delivery: id, type, attempts }, 'delivery given up');
  }
}
