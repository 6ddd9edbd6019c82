import { Logger } from '@nestjs/common';
import { Passes } from '../shared/passes.js';
import type { WebhookLease } from './webhook-lease.js';
import type { WebhookReader } from './webhook-reader.js';
import type { WebhookSender } from './webhook-sender.js';
import type { Webhook, WebhookCursor } from './webhook.types.js';

/** How often to look for what another instance left, or had sent again. */
const POLL_MS = 5_000;

export interface RunnerParts {
  readonly reader: WebhookReader;
  readonly sender: WebhookSender;
  readonly lease: WebhookLease;
}

/** Serves one webhook on this instance. Each has its own runner, so that a slow target delays no other. */
export class WebhookRunner {
  private readonly log = new Logger(WebhookRunner.name);
  private readonly passes = new Passes(
    () => this.pass(),
    (err) => this.log.warn({ err, tenant: this.tenant, webhook: this.webhook.id }, 'webhook not served'),
  );
  private timer: NodeJS.Timeout | undefined;
  /** The lease, as far as this instance knows. */
  private held: WebhookCursor | undefined;
  /** The target answered 410 to this version of the webhook. */
  private goneVersion: number | undefined;

  constructor(
    private readonly tenant: string,
    /** As it was last read. */
    private webhook: Webhook,
    private readonly parts: RunnerParts,
  ) {}

  start(): void {
    this.passes.every(POLL_MS);
    this.passes.wake();
  }

  wake(): void {
    this.passes.wake();
  }

  /** Waits until what was started is finished. */
  settled(): Promise<void> {
    return this.passes.settled();
  }

  use(webhook: Webhook): void {
    this.webhook = webhook;
  }

  /** Finishes the requests that are under way. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.passes.stop();
    if (!this.held) return;
    try {
      await this.parts.lease.giveUp(this.tenant, this.webhook.id);
    } catch {
      // The lease ends by itself.
    }
  }

  private get isOver(): boolean {
    return this.passes.isStopped || this.webhook.version === this.goneVersion;
  }

  private async pass(): Promise<void> {
    while (!this.isOver && (await this.serveSome()));
  }

  /** @returns whether there may be more to do now */
  private async serveSome(): Promise<boolean> {
    const { reader, sender, lease } = this.parts;
    const { tenant, webhook } = this;
    const cursor = await lease.find(tenant, webhook.id);
    // Only reads until there is work, so that a webhook without any costs no write.
    if (!cursor || !((await this.isDue()) || (await reader.hasMore(cursor)))) return false;
    this.held = await lease.take(cursor);
    if (!this.held) return false;
    const unread = await reader.readSome(webhook, this.held);
    const sent = await sender.sendSome({
      tenant,
      webhook,
      goesOn: () => this.goesOn(),
      ended: () => {
        this.goneVersion = webhook.version;
      },
    });
    return unread || sent;
  }

  /** If something is due soon, sees to it that it is sent then. */
  private async isDue(): Promise<boolean> {
    const wait = await this.parts.sender.untilDue(this.tenant, this.webhook.id);
    if (wait === undefined || wait > POLL_MS) return false;
    if (wait === 0) return true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), wait + 1).unref();
    return false;
  }

  private async goesOn(): Promise<boolean> {
    if (this.isOver || !this.held) return false;
    this.held = await this.parts.lease.take(this.held);
    return this.held !== undefined;
  }
}
