import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { DeliveryRepository } from '../../../webhook/delivery.repository.js';
import type { Delivery } from '../../../webhook/webhook.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { EndIndex } from '../store/end-index.js';
import type { KeyIndex } from '../store/key-index.js';
import { listOf } from '../store/listing.js';
import type { Table } from '../store/table.js';

type IndexKey = (string | number)[];

export class LmdbDeliveryRepository extends DeliveryRepository {
  private readonly deliveries: Table<Delivery>;
  /** Of open ones: tenant, webhook, time, position, id. */
  private readonly dues: KeyIndex;
  /** Of open ones: tenant, webhook, subject, position, id. */
  private readonly subjects: KeyIndex;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.deliveries = store.table('webhook-deliveries');
    this.dues = store.keyIndex('deliveries-by-due');
    this.subjects = store.keyIndex('deliveries-by-subject');
    this.ends = store.endIndex('deliveries-by-end');
  }

  override async add(deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.store.write(() => {
      for (const one of deliveries) {
        if (!this.deliveries.get([one.tenant, one.id])) this.put(undefined, one);
      }
    });
  }

  override async find(tenant: string, id: string): Promise<Delivery | undefined> {
    return this.deliveries.get([tenant, id]);
  }

  override async due(
    tenant: string,
    webhookId: string,
    now: Date,
    limit: number,
  ): Promise<readonly Delivery[]> {
    const keys = this.dues.forwards([tenant, webhookId], limit, [now.getTime() + 1]);
    return keys.map((key) => this.deliveries.get([tenant, idIn(key)])).filter((one) => one !== undefined);
  }

  override async nextDue(tenant: string, webhookId: string): Promise<Delivery | undefined> {
    return this.first(tenant, this.dues, [tenant, webhookId]);
  }

  override async firstOpen(
    tenant: string,
    webhookId: string,
    subject: string,
  ): Promise<Delivery | undefined> {
    return this.first(tenant, this.subjects, [tenant, webhookId, subject]);
  }

  override async countOpen(tenant: string, webhookId: string, limit: number): Promise<number> {
    return this.dues.forwards([tenant, webhookId], limit).length;
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: Delivery) => Delivery,
  ): Promise<Delivery | undefined> {
    return this.store.write(() => {
      const current = this.deliveries.get([tenant, id]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.put(current, next);
      return next;
    });
  }

  override list(tenant: string, webhookId: string, listing: Listing): Promise<Listed<Delivery>> {
    const rows = this.deliveries.between(...rangeOf(tenant, webhookId));
    return listOf(this.deliveries, rows, listing, ({ id }) => id);
  }

  override async byId(
    tenant: string,
    webhookId: string,
    limit: number,
    after?: string,
  ): Promise<readonly Delivery[]> {
    const [start, end] = rangeOf(tenant, webhookId);
    const behind = after === undefined ? start : [tenant, after];
    return Array.from(this.deliveries.between(behind, end, limit), ({ row }) => row);
  }

  override removeOf(tenant: string, webhookId: string, limit: number): Promise<number> {
    return this.store.write(() => {
      const keys = Array.from(
        this.deliveries.between(...rangeOf(tenant, webhookId), limit),
        ({ key }) => key,
      );
      for (const key of keys) this.erase(key);
      return keys.length;
    });
  }

  /** Erases deliveries that are no longer kept, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => this.erase(key));
  }

  private first(tenant: string, index: KeyIndex, prefix: IndexKey): Delivery | undefined {
    const [key] = index.forwards(prefix, 1);
    return key && this.deliveries.get([tenant, idIn(key)]);
  }

  private erase(key: string[]): void {
    const one = this.deliveries.get(key);
    if (!one) return;
    this.close(one);
    this.ends.move(key, one.erasedAt, undefined);
    this.deliveries.remove(key);
  }

  private put(before: Delivery | undefined, next: Delivery): void {
    const { tenant, id, webhookId, subject, position, dueAt } = next;
    if (before) this.close(before);
    if (dueAt) {
      this.dues.put([tenant, webhookId, dueAt.getTime(), position, id]);
      this.subjects.put([tenant, webhookId, subject, position, id]);
    }
    this.ends.move([tenant, id], before?.erasedAt, next.erasedAt);
    this.deliveries.put([tenant, id], next);
  }

  private close({ tenant, id, webhookId, subject, position, dueAt }: Delivery): void {
    if (!dueAt) return;
    this.dues.remove([tenant, webhookId, dueAt.getTime(), position, id]);
    this.subjects.remove([tenant, webhookId, subject, position, id]);
  }
}

/** An id begins with the webhook's id and a hyphen, behind which a full stop sorts. */
const rangeOf = (tenant: string, webhookId: string): [string[], string[]] => [
  [tenant, `${webhookId}-`],
  [tenant, `${webhookId}.`],
];

const idIn = (key: IndexKey): string => String(key.at(-1));
