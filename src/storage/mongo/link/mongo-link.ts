import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import mongoose, { type Connection, type ConnectOptions, type Model, type mongo } from 'mongoose';
import { WrongConfiguration } from '../../../config/config.schema.js';
import { StoreAway, StoreUnavailable } from '../../../shared/domain-error.js';
import { NO_TRACING, type Tracing } from '../../../shared/tracing.js';
import { traceCommands } from './command-spans.js';
import { expectFormat, recordFormat } from './format.js';
import { ensureIndexes } from './indexes.js';
import { addressRefusal } from './mongo-address.js';
import { isAway, isWrongPassword, MongoUnusable } from './mongo-errors.js';
import { type Collection, SCHEMAS } from './schemas.js';

/** Guarantees of this service. They are given as options, which override the address, so that it can't weaken them. */
const PROMISES = {
  w: 'majority',
  // Also makes the server flush its journal now, instead of within 100 ms.
  journal: true,
  // Below `socketTimeoutMS`, so that the server says what it knows before the socket is given up.
  wtimeoutMS: 4_000,
  readConcernLevel: 'majority',
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  sanitizeFilter: true,
} as const satisfies ConnectOptions;

/** What an operator may set in the address. */
const DEFAULTS = {
  appName: 'onesession',
  // A normal election is shorter. After this time, a 503 is better than waiting.
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 3_000,
  // A primary that stalled is noticed within this and `connectTimeoutMS`, instead of 40 s.
  heartbeatFrequencyMS: 2_000,
  // No call of ours takes long; one that does has met a stalled server.
  socketTimeoutMS: 5_000,
  // Enough to keep more than two cores busy. Further calls wait, but not for long.
  maxPoolSize: 50,
  waitQueueTimeoutMS: 2_000,
} as const satisfies ConnectOptions;

/** A linearizable read waits for a majority: as long as a write does. */
export const READ_WITHIN_MS = PROMISES.wtimeoutMS;

const RETRY_MS = 1_000;

const WRITABLE: ReadonlySet<string> = new Set(['RSPrimary', 'Mongos', 'LoadBalancer']);

type ReadConcern = 'linearizable' | 'majority';

/**
 * The service's own connection to MongoDB, never mongoose's global one. MongoDB need not be up: the link keeps trying
 * to connect in the background, and refuses each call until then. Afterwards the driver itself looks for servers.
 */
export class MongoLink {
  readonly connection: Connection = mongoose.createConnection();
  private readonly log = new Logger(MongoLink.name);
  private readonly running = new Set<Promise<unknown>>();
  private readonly closing = new AbortController();
  private opened = false;
  /** The number of primaries found so far, and the latest one that is known to have caught up. */
  private primaries = 0;
  private caughtUp = 0;
  /** Since when no server takes writes, by `performance.now`. */
  private lostAt: number | undefined;
  private readonly connecting: Promise<void>;
  private readonly firstAttempt: Promise<unknown>;
  /** Why nothing can be served yet; undefined from the first success on. */
  private reason: unknown = new Error('MongoDB was not reached yet');

  constructor(
    private readonly uri: string,
    private readonly tracing: Tracing = NO_TRACING,
  ) {
    for (const [collection, schema] of Object.entries(SCHEMAS))
      this.connection.model(collection, schema, collection);
    this.firstAttempt = this.attempt();
    this.connecting = this.keepTrying();
  }

  model<Row>(collection: Collection): Model<Row> {
    return this.connection.model<Row>(collection);
  }

  /**
   * The driver's own collection, for calls to which mongoose would only add work. Use it only inside `run` and `read`:
   * without a connection there is none.
   */
  collection(name: Collection): mongo.Collection {
    const { db } = this.connection;
    if (!db) throw new StoreAway();
    return db.collection(name);
  }

  /** @throws MongoUnusable | StoreTooNew - a server that was reached can't be used; one that was not may come later */
  async prepare(): Promise<void> {
    const error = await this.firstAttempt;
    if (error === undefined) return;
    if (isAway(error) && !isWrongPassword(error)) {
      this.log.warn('MongoDB is waited for, and nothing is served before. Is MONGODB_URI the right address?');
      return;
    }
    if (error instanceof WrongConfiguration) throw error;
    throw new MongoUnusable(addressRefusal(error), { cause: error });
  }

  private get ready(): boolean {
    return this.reason === undefined && !this.closing.signal.aborted;
  }

  /**
   * Reads single records. A primary that was just elected may miss acknowledged writes in a majority read, until it
   * knows what the majority has, so reads are linearizable until one was answered. A read that waited for a new
   * primary, or was retried there, is repeated. (Behind a mongos, the driver does not learn of elections.)
   */
  async read<T>(query: (concern: ReadConcern) => Promise<T>): Promise<T> {
    const { primaries } = this;
    const concern = this.caughtUp === primaries ? 'majority' : 'linearizable';
    const found = await this.run(() => query(concern));
    if (concern === 'linearizable') this.caughtUp = Math.max(this.caughtUp, primaries);
    else if (this.primaries !== primaries) return this.read(query);
    return found;
  }

  /** @throws StoreUnavailable, and whatever else `operation` throws */
  async run<T>(operation: () => Promise<T>): Promise<T> {
    if (!this.ready || (this.isLost && this.running.size > 0)) throw new StoreAway({ cause: this.reason });
    const call = operation();
    this.running.add(call);
    try {
      return await call;
    } catch (error) {
      throw isAway(error) ? new StoreUnavailable({ cause: error }) : error;
    } finally {
      this.running.delete(call);
    }
  }

  /** @throws the reason why nothing can be served now */
  async ping(): Promise<void> {
    if (this.reason !== undefined) throw this.reason;
    await this.connection.db?.command({ ping: 1 });
  }

  async space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number }> {
    if (this.reason !== undefined) throw this.reason;
    const stats = await this.connection.db?.command({ dbStats: 1 });
    return {
      usedBytes: Number(stats?.['totalSize']),
      freeBytes: Number(stats?.['fsTotalSize']) - Number(stats?.['fsUsedSize']),
    };
  }

  async close(): Promise<void> {
    do {
      await Promise.allSettled(this.running);
      await setImmediate();
    } while (this.running.size > 0);
    this.closing.abort();
    await this.connecting;
    await this.connection.close();
  }

  /**
   * Whether there has been no primary for longer than a call waits. Then one call waits at a time, and the others are
   * refused at once, so that there is no backlog when a primary is back.
   */
  get isLost(): boolean {
    const { serverSelectionTimeoutMS } = this.connection.getClient().options;
    return this.lostAt !== undefined && performance.now() - this.lostAt > serverSelectionTimeoutMS;
  }

  /** @returns why it failed */
  private async attempt(): Promise<unknown> {
    try {
      // Once only: from then on the driver looks for the servers itself.
      if (!this.opened) await this.open();
      await this.expectReplicaSet();
      await expectFormat(this.connection);
      await ensureIndexes(Object.values(this.connection.models));
      await recordFormat(this.connection);
      this.reason = undefined;
      this.log.log('MongoDB: connected');
    } catch (error) {
      if (messageOf(error) !== messageOf(this.reason)) this.log.warn(`MongoDB: ${toldOf(error, this.uri)}`);
      this.reason = error;
    }
    return this.reason;
  }

  private async keepTrying(): Promise<void> {
    await this.firstAttempt;
    const { signal } = this.closing;
    while (this.reason !== undefined && !signal.aborted) {
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.attempt();
    }
  }

  private async open(): Promise<void> {
    const { isOn } = this.tracing;
    await this.connection.openUri(this.uri, {
      ...optionsFor(this.uri),
      ...(isOn && { monitorCommands: true }),
    });
    this.opened = true;
    const client = this.connection.getClient();
    if (isOn) traceCommands(client, this.tracing);
    client.on('serverDescriptionChanged', ({ previousDescription, newDescription }) => {
      if (isNewPrimary(previousDescription, newDescription)) this.primaries++;
    });
    client.on('topologyDescriptionChanged', ({ newDescription: { servers } }) => {
      this.noteWritable([...servers.values()].some(({ type }) => WRITABLE.has(type)));
    });
  }

  private noteWritable(writable: boolean): void {
    if (writable === (this.lostAt === undefined)) return;
    this.lostAt = writable ? undefined : performance.now();
    if (!this.ready) return;
    if (writable) this.log.log('MongoDB: there is a primary again');
    else this.log.warn('MongoDB: there is no primary');
  }

  private async expectReplicaSet(): Promise<void> {
    const hello = await this.connection.db?.admin().command({ hello: 1 });
    if (hello?.setName !== undefined || hello?.msg === 'isdbgrid') return;
    throw new MongoUnusable(
      'MONGODB_URI names a single server: retryable writes need a replica set (one member is enough) or a cluster',
    );
  }
}

const isNewPrimary = (before: mongo.ServerDescription, now: mongo.ServerDescription): boolean =>
  now.type === 'RSPrimary' &&
  !(before.type === 'RSPrimary' && before.electionId?.toHexString() === now.electionId?.toHexString());

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** For servers of another replica set, the driver (7.8) reports only that its time is over (F-41). */
function toldOf(error: unknown, uri: string): string {
  const query = new URLSearchParams(uri.split('?', 2)[1]);
  const wanted = [...query].find(([name]) => name.toLowerCase() === 'replicaset')?.[1];
  const topology = error instanceof Error && 'reason' in error ? error.reason : undefined;
  const servers =
    typeof topology === 'object' && topology !== null && 'servers' in topology ? topology.servers : undefined;
  if (wanted === undefined || !(servers instanceof Map) || servers.size > 0) return messageOf(error);
  return `no server of MONGODB_URI is in the replica set '${wanted}': put the name that rs.status() tells behind replicaSet=`;
}

/** Exported for tests. */
export function optionsFor(uri: string): ConnectOptions {
  const [address = '', query = ''] = uri.replace(/^[^:]+:\/\//, '').split('?', 2);
  const given = new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()));
  const defaults = Object.entries(DEFAULTS).filter(([name]) => !given.has(name.toLowerCase()));
  const database = address.split('/', 2)[1] ? {} : { dbName: 'onesession' };
  return { ...Object.fromEntries(defaults), ...database, ...PROMISES };
}
