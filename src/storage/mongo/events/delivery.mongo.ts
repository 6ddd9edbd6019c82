import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { DeliveryRepository } from '../../../webhook/delivery.repository.js';
import type { Delivery } from '../../../webhook/webhook.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { DELIVERIES_BY_DUE, DELIVERIES_BY_SUBJECT } from '../link/schemas.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { listRows } from '../rows/listing.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { type Filter, idOf, op, type Operators, Rows } from '../rows/rows.js';

interface DeliveryRow extends RecordRow, Omit<Delivery, 'event'> {
  /** As JSON, because its keys are not ours. */
  readonly event?: string;
}

const codec: Codec<Delivery, DeliveryRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: ({ event, ...rest }) => ({ ...rest, ...(event && { event: JSON.stringify(event) }) }),
  fromRow: ({ _id, rev: _rev, event, ...rest }) => ({
    ...rest,
    ...(event !== undefined && { event: eventOf(event) }),
  }),
};

function eventOf(text: string): NonNullable<Delivery['event']> {
  const event = JSON.parse(text);
  return { ...event, time: new Date(event.time) };
}

/** An id begins with the webhook's id and a hyphen, behind which a full stop sorts. */
const rangeOf = (tenant: string, webhookId: string): { readonly $gt: string; readonly $lt: string } => ({
  $gt: idOf(tenant, `${webhookId}-`),
  $lt: idOf(tenant, `${webhookId}.`),
});

const BY_ID = { sort: { _id: 1 }, hint: { _id: 1 } } as const;

/** Every date of ours; unlike `$exists`, an index alone can answer it. */
const OPEN = op({ $gt: new Date(0) });

export class MongoDeliveryRepository extends DeliveryRepository {
  private readonly deliveries: Records<Delivery, DeliveryRow>;
  private readonly writer: CoalescingWriter<Delivery>;

  constructor(link: MongoLink) {
    super();
    this.deliveries = new Records(new Rows<DeliveryRow>(link, 'webhook_deliveries'), codec);
    this.writer = new CoalescingWriter(this.deliveries);
  }

  override async add(deliveries: readonly Delivery[]): Promise<void> {
    await Promise.all(deliveries.map((one) => this.deliveries.insert(one)));
  }

  override find(tenant: string, id: string): Promise<Delivery | undefined> {
    return this.deliveries.find(idOf(tenant, id));
  }

  override due(tenant: string, webhookId: string, now: Date, limit: number): Promise<readonly Delivery[]> {
    return this.byDue(tenant, webhookId, op({ $lte: now }), limit);
  }

  override async nextDue(tenant: string, webhookId: string): Promise<Delivery | undefined> {
    return (await this.byDue(tenant, webhookId, OPEN, 1))[0];
  }

  override async firstOpen(
    tenant: string,
    webhookId: string,
    subject: string,
  ): Promise<Delivery | undefined> {
    const rows = await this.deliveries.rows.list(
      { tenant, webhookId, subject, dueAt: OPEN },
      { sort: { position: 1 }, limit: 1, hint: DELIVERIES_BY_SUBJECT },
    );
    return rows.map(codec.fromRow)[0];
  }

  override async countOpen(tenant: string, webhookId: string, limit: number): Promise<number> {
    const open: Filter = { webhookId, dueAt: OPEN };
    return Math.min(limit, await this.deliveries.rows.count({ tenant, $and: [open] }, DELIVERIES_BY_DUE));
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: Delivery) => Delivery,
  ): Promise<Delivery | undefined> {
    return this.writer.change(idOf(tenant, id), (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }

  override async list(tenant: string, webhookId: string, listing: Listing): Promise<Listed<Delivery>> {
    const ofWebhook = { op: 'eq', path: 'webhookId', value: webhookId } as const;
    const filter = [ofWebhook, ...listing.filter];
    const { rows, ...total } = await listRows(this.deliveries.rows, tenant, { ...listing, filter });
    return { rows: rows.map(codec.fromRow), ...total };
  }

  override async byId(
    tenant: string,
    webhookId: string,
    limit: number,
    after?: string,
  ): Promise<readonly Delivery[]> {
    const _id = op({
      ...rangeOf(tenant, webhookId),
      ...(after !== undefined && { $gt: idOf(tenant, after) }),
    });
    const rows = await this.deliveries.rows.list({ _id }, { ...BY_ID, limit });
    return rows.map(codec.fromRow);
  }

  override async removeOf(tenant: string, webhookId: string, limit: number): Promise<number> {
    const all = { _id: op(rangeOf(tenant, webhookId)) };
    const rows = await this.deliveries.rows.list(all, { ...BY_ID, part: { _id: 1 }, limit });
    await Promise.all(rows.map(({ _id }) => this.deliveries.rows.remove({ _id })));
    return rows.length;
  }

  private async byDue(
    tenant: string,
    webhookId: string,
    dueAt: Operators,
    limit: number,
  ): Promise<readonly Delivery[]> {
    const rows = await this.deliveries.rows.list(
      { tenant, webhookId, dueAt },
      { sort: { dueAt: 1, position: 1 }, limit, hint: DELIVERIES_BY_DUE },
    );
    return rows.map(codec.fromRow);
  }
}
