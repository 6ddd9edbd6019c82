import {
  type ContactAssignmentRepository,
  type LegalEntityRepository,
  type LocationRepository,
  ManagedRecords,
} from '../../../client-management/client-management.repository.js';
import type {
  ContactAssignment,
  LegalEntity,
  Location,
  ManagedRecord,
} from '../../../client-management/client-management.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { ASSIGNMENTS_OF_CUSTOMER, type Collection, sortIndex } from '../link/schemas.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { listRows } from '../rows/listing.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';
import { withGivenJson, withStoredJson } from '../rows/stored-json.js';

interface ManagedRow extends RecordRow {
  readonly tenant: string;
  readonly customerId?: string;
}

/** Records of one kind. `jsonFields` have keys that a caller chose. */
class MongoRecords<T extends ManagedRecord> extends ManagedRecords<T> {
  protected readonly rows: Rows<ManagedRow>;
  private readonly records: Records<T, ManagedRow>;
  private readonly writer: CoalescingWriter<T>;
  protected readonly codec: Codec<T, ManagedRow>;

  constructor(link: MongoLink, collection: Collection, jsonFields: readonly (keyof T)[]) {
    super();
    this.codec = {
      idOf: ({ tenant, id }) => idOf(tenant, id),
      toRow: (record) => ({ ...withStoredJson(record, jsonFields), tenant: record.tenant }),
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
    return rows.map((row) => this.codec.fromRow(row));
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<T>> {
    const { rows, ...rest } = await listRows(this.rows, tenant, listing);
    return { ...rest, rows: rows.map((row) => this.codec.fromRow(row)) };
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
}

export class MongoLegalEntityRepository extends MongoRecords<LegalEntity> implements LegalEntityRepository {
  constructor(link: MongoLink) {
    super(link, 'legal_entities', ['mixins', 'mixinSchemas', 'customerGroups']);
  }

  async hasAny(tenant: string): Promise<boolean> {
    const found = await this.rows.list({ tenant }, { limit: 1, hint: sortIndex('id'), part: { id: 1 } });
    return found.length > 0;
  }
}

export class MongoContactAssignmentRepository
  extends MongoRecords<ContactAssignment>
  implements ContactAssignmentRepository
{
  constructor(link: MongoLink) {
    super(link, 'contact_assignments', ['mixins', 'mixinSchemas']);
  }

  async ofCustomer(tenant: string, customerId: string): Promise<readonly ContactAssignment[]> {
    const rows = await this.rows.list({ tenant, customerId }, { hint: ASSIGNMENTS_OF_CUSTOMER });
    return rows.map((row) => this.codec.fromRow(row));
  }
}

export class MongoLocationRepository extends MongoRecords<Location> implements LocationRepository {
  constructor(link: MongoLink) {
    super(link, 'locations', ['mixins', 'mixinSchemas']);
  }
}
