import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Schema } from 'mongoose';
import type { Listed, Listing } from '../../../src/shared/filter/filter.types.js';
import { EmbeddedStore } from '../../../src/storage/embedded/store/embedded-store.js';
import { listTable } from '../../../src/storage/embedded/store/listing.js';
import { MongoLink } from '../../../src/storage/mongo/link/mongo-link.js';
import { type Collection, sortedBy } from '../../../src/storage/mongo/link/schemas.js';
import { listRows } from '../../../src/storage/mongo/rows/listing.js';
import { idOf, type Row, Rows } from '../../../src/storage/mongo/rows/rows.js';
import { type Plan, WatchedQueries } from '../../mongo/watched-queries.js';
import { newMongoUri } from '../store/drivers.js';

/** A record that belongs to no feature, with a field of every kind by which a list can be filtered. */
export interface Thing {
  readonly tenant: string;
  readonly id: string;
  readonly name?: string;
  readonly price?: number;
  readonly active?: boolean;
  readonly createdAt?: Date;
  readonly title?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly items?: readonly { readonly sku?: string; readonly quantity?: number }[];
}

/** Paths by which things can be sorted. */
const SORTED = ['id', 'name', 'price', 'createdAt', 'title.en'];

/** Things in the store of the run's driver, listed by the helpers that its adapters use. */
export interface ListedThings {
  put(thing: Thing): Promise<unknown>;
  list(tenant: string, listing: Listing): Promise<Listed<Thing>>;
  /** How MongoDB finds the result; empty on the embedded store. */
  explain(): Promise<readonly Plan[]>;
  close(): Promise<void>;
}

export const openThings = (): Promise<ListedThings> =>
  process.env.TEST_DRIVER === 'mongo' ? openMongo() : openEmbedded();

async function openEmbedded(): Promise<ListedThings> {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-'));
  const store = await EmbeddedStore.open(folder);
  const table = store.table<Thing>('things');
  return {
    put: (thing) => store.write(() => table.put([thing.tenant, thing.id], thing)),
    list: (tenant, listing) => listTable(table, tenant, listing, ({ id }) => id),
    explain: async () => [],
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type ThingRow = Row & Thing;

async function openMongo(): Promise<ListedThings> {
  const link = new MongoLink(newMongoUri('monitorCommands=true'));
  const schema = new Schema({ _id: String, tenant: String }, { strict: false, id: false, versionKey: false });
  link.connection.model('things', sortedBy(schema, ...SORTED), 'things');
  await link.prepare();
  const watched = new WatchedQueries(link.connection);
  const rows = new Rows<ThingRow>(link, 'things' as Collection);
  return {
    put: (thing) => rows.insert({ _id: idOf(thing.tenant, thing.id), ...thing }),
    list: async (tenant, listing) => {
      const { rows: found, ...rest } = await listRows(rows, tenant, listing);
      return { ...rest, rows: found.map(({ _id, ...thing }) => thing) };
    },
    explain: () => watched.explain(),
    close: async () => {
      await link.connection.dropDatabase();
      await link.close();
    },
  };
}
