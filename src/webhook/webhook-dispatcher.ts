import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EventFeed } from '../events/index.js';
import { Passes } from '../shared/passes.js';
import { WebhookLease } from './webhook-lease.js';
import { WebhookReader } from './webhook-reader.js';
import { WebhookRunner } from './webhook-runner.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookSwitch } from './webhook-switch.js';
import { WebhookRepository } from './webhook.repository.js';
import type { Webhook } from './webhook.types.js';

/** How often to look for webhooks that another instance made or changed. */
const POLL_MS = 2_000;

interface Served {
  readonly runner: WebhookRunner;
  readonly stopListening: () => void;
}

/** Has each enabled webhook served. Each instance has a dispatcher, and a lease decides who serves which webhook. */
@Injectable()
export class WebhookDispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(WebhookDispatcher.name);
  private readonly passes = new Passes(
    () => this.refresh(),
    (err) => this.log.warn({ err }, 'The webhooks could not be read'),
  );
  private readonly served = new Map<string, Served>();

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly feed: EventFeed,
    private readonly reader: WebhookReader,
    private readonly sender: WebhookSender,
    private readonly lease: WebhookLease,
    private readonly gate: WebhookSwitch,
  ) {}

  onApplicationBootstrap(): void {
    this.passes.every(POLL_MS);
    this.passes.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await this.passes.stop();
    await Promise.all([...this.served.keys()].map((id) => this.stop(id)));
  }

  /** Looks now for webhooks that were changed, and for what is due. Does not wait for deliveries. */
  async wake(): Promise<void> {
    this.passes.wake();
    await this.passes.settled();
    for (const { runner } of this.served.values()) runner.wake();
  }

  private async refresh(): Promise<void> {
    const tenants = await this.webhooks.enabled();
    const found = tenants.flatMap(({ tenant, webhooks }) =>
      webhooks.filter(({ enabled }) => enabled).map((webhook) => ({ tenant, webhook })),
    );
    const ids = new Set(found.map(({ webhook }) => webhook.id));
    for (const id of this.served.keys()) if (!ids.has(id)) void this.stop(id);
    for (const { tenant, webhook } of found) this.serve(tenant, webhook);
    await Promise.all(found.map(({ tenant, webhook }) => this.gate.listenAgain(tenant, webhook.id)));
  }

  private serve(tenant: string, webhook: Webhook): void {
    const known = this.served.get(webhook.id);
    if (known) return known.runner.use(webhook);
    const { reader, sender, lease } = this;
    const runner = new WebhookRunner(tenant, webhook, { reader, sender, lease });
    const stopListening = this.feed.onGrowth(tenant, () => runner.wake());
    this.served.set(webhook.id, { runner, stopListening });
    runner.start();
  }

  private async stop(id: string): Promise<void> {
    const served = this.served.get(id);
    this.served.delete(id);
    served?.stopListening();
    await served?.runner.stop();
  }
}
