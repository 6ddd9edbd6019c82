import { ManagedRecords } from '../../../client-management/client-management.repository.js';
import type { ManagedRecord } from '../../../client-management/client-management.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { CoalescingWriter } from './coalescing-writer.js';
import { listRows } from './listing.js';
import { type Codec, type RecordRow, Records } from './records.js';
import { idOf, op, Rows } from './rows.js';
import { withGivenJson, withStoredJson } from './stored-json.js';

interface ManagedRow extends RecordRow {
  readonly id: string;
  readonly tenant: string;
  readonly customerId?: string;
}

/** Records of one kind. `jsonFields` have keys that a caller chose. */
export class MongoRecords<T extends ManagedRecord> extends ManagedRecords<T> {
  protected readonly rows: Rows<ManagedRow>;
  private readonly records: Records<T, ManagedRow>;
  private readonly writer: CoalescingWriter<T>;
  private readonly codec: Codec<T, ManagedRow>;

  constructor(link: MongoLink, collection: Collection, jsonFields: readonly (keyof T)[]) {
    super();
    this.codec = {
      idOf: ({ tenant, id }) => idOf(tenant, id),
      toRow: (record) => ({ ...withStoredJson(record, jsonFields), id: record.id, tenant: record.tenant }),
      fromRow: ({ _id, rev: _rev, ...row }) => withGivenJson<T>(row, jsonFields),
    };
    this.rows = new Rows<ManagedRow>(link, collection);
    this.records = new Records(this.rows, this.codec);
    this.writer = new CoalescingWriter(this.records);
  }

  override find(tenant: string, id: string): Promise<T | undefined> {
    return this.records.find(idOf(tenant, id));
  }

  override async findAll(tenant: string, ids: readonly string[]): Promise<readonly T[]> {
    if (ids.length === 0) return [];
    const rows = await this.rows.list({ _id: op({ $in: [...new Set(ids)].map((id) => idOf(tenant, id)) }) });
    return this.fromRows(rows);
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<T>> {
    const { rows, ...rest } = await listRows(this.rows, tenant, listing);
    return { ...rest, rows: await this.fromRows(rows) };
  }

  override create(record: T): Promise<boolean> {
    return this.records.insert(record);
  }

  override change(tenant: string, id: string, decide: (current: T | undefined) => T): Promise<void> {
    return this.writer.change(idOf(tenant, id), (current) => ({ next: decide(current), result: undefined }));
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.rows.remove({ _id: idOf(tenant, id) });
  }

  /** With turns for others, because each record may carry large mixins. */
  protected fromRows(rows: readonly ManagedRow[]): Promise<readonly T[]> {
    return paced(rows, (row) => this.codec.fromRow(row));
  }
}
