import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { facetKeyOf } from '../../../session/session-facets.rules.js';
import { StoreUnavailable } from '../../../shared/domain-error.js';
import type { MongoLink } from '../link/mongo-link.js';
import { SESSIONS_OF_FACETS } from '../link/schemas.js';
import { op, type Row, Rows } from '../rows/rows.js';
import { toStored } from '../rows/stored-text.js';
import { sessionCodec, type SessionRow } from './session.row.js';

const BATCH = 500;
const TOLD_EACH = 100_000;
const RETRY_MS = 5_000;

/**
 * Gives facets to sessions that an earlier version wrote, in the background. Until then lists find these sessions by
 * looking at each, so nothing waits for this; instances of both versions may run at once.
 */
export class OlderSessions {
  private readonly log = new Logger(OlderSessions.name);
  private readonly closing = new AbortController();
  private readonly sessions: Rows<SessionRow>;
  private readonly tenants: Rows<Row>;
  private running: Promise<void> = Promise.resolve();
  private done = 0;

  constructor(private readonly link: MongoLink) {
    this.sessions = new Rows(link, 'sessions');
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
          this.log.warn(`Sessions of an earlier version could not be indexed: ${String(error)}`);
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
    if (this.done > 0 && !this.closing.signal.aborted) this.log.log(`Indexed ${this.done} sessions`);
  }

  private async indexSome(tenant: string): Promise<number> {
    const unknown = { tenant, facets: op({ $in: [null] }) };
    const rows = await this.sessions.list(unknown, { limit: BATCH, hint: SESSIONS_OF_FACETS });
    if (rows.length === 0) return 0;
    const writes = rows.map((row) => ({
      updateOne: {
        // One that was written meanwhile has another `rev`, and its facets with it.
        filter: toStored({ _id: row._id, rev: row.rev }),
        update: { $set: toStored({ facets: facetKeyOf(sessionCodec.fromRow(row)) }) },
      },
    })) as unknown as mongo.AnyBulkWriteOperation[];
    await this.link.run(() => this.link.collection('sessions').bulkWrite(writes, { ordered: false }));
    this.done += rows.length;
    if (this.done % TOLD_EACH === 0)
      this.log.log(`Indexing sessions of an earlier version: ${this.done} so far`);
    return rows.length;
  }
}
