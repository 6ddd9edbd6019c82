import type { TenantWebhooks, WebhookCursor } from './webhook.types.js';

/** Stores webhooks, and how far each has read the log. An adapter must pass `test/contracts/webhook.contract.ts`. */
export abstract class WebhookRepository {
  abstract find(tenant: string): Promise<TenantWebhooks | undefined>;

  /** Lists the tenants that have an enabled webhook. */
  abstract enabled(): Promise<readonly TenantWebhooks[]>;

  /**
   * Reads, decides and writes the webhooks of a tenant in one atomic step. `decide` must be pure. If it throws, nothing
   * is written and the error is passed on.
   */
  abstract change(
    tenant: string,
    decide: (current: TenantWebhooks | undefined) => TenantWebhooks,
  ): Promise<TenantWebhooks>;

  abstract findCursor(tenant: string, webhookId: string): Promise<WebhookCursor | undefined>;

  /** Sets or replaces a cursor. */
  abstract saveCursor(cursor: WebhookCursor): Promise<void>;

  /**
   * Reads, decides and writes a cursor in one atomic step. `decide` must be pure.
   * @returns the cursor as it is now; undefined if there is none
   */
  abstract changeCursor(
    tenant: string,
    webhookId: string,
    decide: (current: WebhookCursor) => WebhookCursor,
  ): Promise<WebhookCursor | undefined>;

  abstract removeCursor(tenant: string, webhookId: string): Promise<void>;
}
