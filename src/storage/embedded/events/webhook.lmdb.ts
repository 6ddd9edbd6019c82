import { WebhookRepository } from '../../../webhook/webhook.repository.js';
import type { TenantWebhooks, WebhookCursor } from '../../../webhook/webhook.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Table } from '../store/table.js';

export class LmdbWebhookRepository extends WebhookRepository {
  private readonly webhooks: Table<TenantWebhooks>;
  private readonly cursors: Table<WebhookCursor>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.webhooks = store.table('webhooks');
    this.cursors = store.table('webhook-cursors');
  }

  override async find(tenant: string): Promise<TenantWebhooks | undefined> {
    return this.webhooks.get([tenant]);
  }

  override async enabled(): Promise<readonly TenantWebhooks[]> {
    const rows = [...this.webhooks.under([])].map(({ row }) => row);
    return rows.filter(({ webhooks }) => webhooks.some(({ enabled }) => enabled));
  }

  override change(
    tenant: string,
    decide: (current: TenantWebhooks | undefined) => TenantWebhooks,
  ): Promise<TenantWebhooks> {
    return this.store.write(() => {
      const current = this.webhooks.get([tenant]);
      const next = decide(current);
      if (next !== current) this.webhooks.put([tenant], next);
      return next;
    });
  }

  override async findCursor(tenant: string, webhookId: string): Promise<WebhookCursor | undefined> {
    return this.cursors.get([tenant, webhookId]);
  }

  override saveCursor(cursor: WebhookCursor): Promise<void> {
    return this.store.write(() => this.cursors.put([cursor.tenant, cursor.webhookId], cursor));
  }

  override changeCursor(
    tenant: string,
    webhookId: string,
    decide: (current: WebhookCursor) => WebhookCursor,
  ): Promise<WebhookCursor | undefined> {
    return this.store.write(() => {
      const current = this.cursors.get([tenant, webhookId]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.cursors.put([tenant, webhookId], next);
      return next;
    });
  }

  override async removeCursor(tenant: string, webhookId: string): Promise<void> {
    await this.store.write(() => this.cursors.remove([tenant, webhookId]));
  }
}
