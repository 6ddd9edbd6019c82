import { WebhookRepository } from '../../../webhook/webhook.repository.js';
import type { TenantWebhooks, WebhookCursor } from '../../../webhook/webhook.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';

interface WebhooksRow extends RecordRow, Omit<TenantWebhooks, 'tenant'> {
  /** Whether one of them is enabled. */
  readonly active: boolean;
}

const codec: Codec<TenantWebhooks, WebhooksRow> = {
  idOf: ({ tenant }) => tenant,
  toRow: ({ webhooks }) => ({ webhooks, active: webhooks.some(({ enabled }) => enabled) }),
  fromRow: ({ _id, webhooks }) => ({ tenant: _id, webhooks }),
};

interface CursorRow extends RecordRow, WebhookCursor {}

const cursorCodec: Codec<WebhookCursor, CursorRow> = {
  idOf: ({ tenant, webhookId }) => idOf(tenant, webhookId),
  toRow: (cursor) => cursor,
  fromRow: ({ _id, rev: _rev, ...cursor }) => cursor,
};

export class MongoWebhookRepository extends WebhookRepository {
  private readonly webhooks: Records<TenantWebhooks, WebhooksRow>;
  private readonly cursors: Records<WebhookCursor, CursorRow>;
  private readonly writer: CoalescingWriter<TenantWebhooks>;
  private readonly cursorWriter: CoalescingWriter<WebhookCursor>;

  constructor(link: MongoLink) {
    super();
    this.webhooks = new Records(new Rows<WebhooksRow>(link, 'webhooks'), codec);
    this.cursors = new Records(new Rows<CursorRow>(link, 'webhook_cursors'), cursorCodec);
    this.writer = new CoalescingWriter(this.webhooks);
    this.cursorWriter = new CoalescingWriter(this.cursors);
  }

  override find(tenant: string): Promise<TenantWebhooks | undefined> {
    return this.webhooks.find(tenant);
  }

  override async enabled(): Promise<readonly TenantWebhooks[]> {
    const rows = await this.webhooks.rows.list({ active: op({ $eq: true }) });
    return rows.map(codec.fromRow);
  }

  override change(
    tenant: string,
    decide: (current: TenantWebhooks | undefined) => TenantWebhooks,
  ): Promise<TenantWebhooks> {
    return this.writer.change(tenant, (current) => {
      const next = decide(current);
      return { next, result: next };
    });
  }

  override findCursor(tenant: string, webhookId: string): Promise<WebhookCursor | undefined> {
    return this.cursors.find(idOf(tenant, webhookId));
  }

  override saveCursor(cursor: WebhookCursor): Promise<void> {
    return this.cursorWriter.change(cursorCodec.idOf(cursor), () => ({ next: cursor, result: undefined }));
  }

  override changeCursor(
    tenant: string,
    webhookId: string,
    decide: (current: WebhookCursor) => WebhookCursor,
  ): Promise<WebhookCursor | undefined> {
    return this.cursorWriter.change(idOf(tenant, webhookId), (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }

  override async removeCursor(tenant: string, webhookId: string): Promise<void> {
    await this.cursors.rows.remove({ _id: idOf(tenant, webhookId) });
  }
}
