import { readFileSync } from 'node:fs';
import { mongo } from 'mongoose';
import { EmbeddedStore } from '../../src/storage/embedded/store/embedded-store.js';

const { EJSON } = mongo.BSON;

/** Of the embedded store. */
export interface RawRow {
  readonly table: string;
  readonly key: string[];
  readonly row: unknown;
}

/** Of MongoDB. */
export interface RawDocument {
  readonly collection: string;
  readonly document: mongo.Document;
}

/** Lines of extended JSON, which keeps dates. A Map is `{"$map": [[key, value]]}`. */
export const readFixture = <Line>(name: string): readonly Line[] =>
  readFileSync(`test/moving/fixtures/${name}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => withMaps(EJSON.parse(line)) as Line);

function withMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaps);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if ('$map' in value) return new Map(withMaps(value.$map) as [string, unknown][]);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withMaps(part)]));
}

/** Writes an embedded store as another version left it. */
export async function writeRows(folder: string, rows: readonly RawRow[]): Promise<void> {
  const store = await EmbeddedStore.open(folder);
  const tables = new Map(rows.map(({ table }) => [table, store.table<unknown>(table)]));
  await store.write(() => rows.forEach(({ table, key, row }) => tables.get(table)?.put(key, row)));
  await store.close();
}
