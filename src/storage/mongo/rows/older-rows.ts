import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { StoreUnavailable } from '../../../shared/domain-error.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import type { RecordRow } from './records.js';
import { op, type Row, Rows } from './rows.js';
import { toStored } from './stored-text.js';

const BATCH = 500;
const TOLD_EACH = 100_000;
const RETRY_MS = 5_000;

/** A field that lists go by, which rows of earlier versions lack. */
export interface AddedField<R> {
  readonly collection: Collection;
  readonly field: string;
  /** Begins with the tenant and this field. */
  readonly index: Record<string, 1 | -1>;
  readonly valueOf: (row: R) => string;
}

/**
 * Gives a field to rows that an earlier version wrote, in the background. Until then lists find what has none by looking
 * at each, so nothing waits for this; instances of both versions may run at once.
 */
export class OlderRows<R extends RecordRow> {
  private readonly log = new Logger(OlderRows.name);
  private readonly closing = new AbortController();
  private readonly rows: Rows<R>;
  private readonly tenants: Rows<Row>;
  private running: Promise<void> = Promise.resolve();
  private done = 0;

  constructor(
    private readonly link: MongoLink,
    private readonly added: AddedField<R>,
  ) {
    this.rows = new Rows(link, added.collection);
    this.tenants = new Rows(link, 'tenants');
  }

  begin(): void {
    this.running = this.run();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        await this.indexAll();
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) {
          this.log.warn(`${this.what} could not be indexed: ${String(error)}`);
          return;
        }
        await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  private async indexAll(): Promise<void> {
    for (const { _id: tenant } of await this.tenants.list({}, { part: { _id: 1 }, hint: { _id: 1 } })) {
      while (!this.closing.signal.aborted && (await this.indexSome(tenant)) === BATCH);
    }
    if (this.done > 0 && !this.closing.signal.aborted)
      this.log.log(`${this.what} are indexed: ${this.done} in all`);
  }

  private async indexSome(tenant: string): Promise<number> {
    const { collection, field, index, valueOf } = this.added;
    const unknown = { tenant, [field]: op({ $in: [null] }) };
    const rows = await this.rows.list(unknown, { limit: BATCH, hint: index });
    if (rows.length === 0) return 0;
    const writes = rows.map((row) => ({
      updateOne: {
        // One that was written meanwhile has another `rev`, and the field with it.
        filter: toStored({ _id: row._id, rev: row.rev }),
        update: { $set: toStored({ [field]: valueOf(row) }) },
      },
    })) as unknown as mongo.AnyBulkWriteOperation[];
    await this.link.run(() => this.link.collection(collection).bulkWrite(writes, { ordered: false }));
    this.done += rows.length;
    if (this.done % TOLD_EACH === 0) this.log.log(`${this.what} are being indexed: ${this.done} so far`);
    return rows.length;
  }

  private get what(): string {
    return `Records of an earlier version (${this.added.collection}, ${this.added.field})`;
  }
}
