import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { type Key, open } from 'lmdb';
import mongoose, { mongo } from 'mongoose';
import { ENVIRONMENT } from '../../../src/storage/embedded/store/environment.js';

const { EJSON } = mongo.BSON;

/** Of the embedded store. An entry of an index has neither `row` nor `v8`. */
export interface RawRow {
  readonly table: string;
  readonly key: Key;
  readonly row?: unknown;
  /** The bytes in base64, of a row that JSON can't give back exactly. */
  readonly v8?: string;
}

/** Of MongoDB: a document, or an index as `createIndex` takes it. */
export type RawDocument = { readonly collection: string } & (
  | { readonly document: mongo.Document }
  | { readonly index: { readonly key: Record<string, 1 | -1>; readonly options: mongo.Document } }
);

/** Lines of extended JSON, which keeps dates. A Map is `{"$map": [[key, value]]}`. */
export const linesOf = (all: readonly (RawRow | RawDocument)[]): string =>
  all.map((one) => `${EJSON.stringify(withoutMaps(one))}\n`).join('');

export const readLines = <Line extends RawRow | RawDocument>(path: string): readonly Line[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => withMaps(EJSON.parse(line)) as Line);

/** Every row of a store that no process has open. */
export async function readRows(folder: string): Promise<readonly RawRow[]> {
  const root = open<Buffer, Key>({ path: folder, ...ENVIRONMENT });
  const rows: RawRow[] = [];
  for (const name of root.getKeys()) {
    const table = String(name);
    const entries = root.openDB<Buffer, Key>({ name: table, encoding: 'binary' }).getRange({});
    for (const { key, value } of entries) rows.push({ table, key, ...contentOf(Buffer.from(value)) });
  }
  await root.close();
  return rows;
}

function contentOf(value: Buffer): Pick<RawRow, 'row' | 'v8'> {
  if (value.length === 0) return {};
  const row: unknown = deserialize(value);
  const again = withMaps(EJSON.parse(EJSON.stringify(withoutMaps({ row })))) as { row: unknown };
  return serialize(again.row).equals(value) ? { row } : { v8: value.toString('base64') };
}

/** Writes an embedded store as another version left it. */
export async function writeRows(folder: string, rows: readonly RawRow[]): Promise<void> {
  const root = open<Buffer, Key>({ path: folder, ...ENVIRONMENT });
  const names = [...new Set(rows.map(({ table }) => table))];
  const tables = new Map(names.map((name) => [name, root.openDB<Buffer, Key>({ name, encoding: 'binary' })]));
  await root.transaction(() => {
    for (const { table, key, row, v8 = '' } of rows) {
      tables.get(table)?.putSync(key, row === undefined ? Buffer.from(v8, 'base64') : serialize(row));
    }
  });
  await root.close();
}

/** Every document and index of a database. */
export async function readDocuments(uri: string): Promise<readonly RawDocument[]> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const all: RawDocument[] = [];
  for (const found of (await connection.db?.collections()) ?? []) {
    const collection = found.collectionName;
    for (const { key, v: _, ...options } of await found.indexes()) {
      if (options.name !== '_id_')
        all.push({ collection, index: { key: key as Record<string, 1 | -1>, options } });
    }
    for await (const document of found.find().sort({ _id: 1 })) all.push({ collection, document });
  }
  await connection.close();
  return all;
}

/** Writes a database as another version left it. */
export async function writeDocuments(uri: string, all: readonly RawDocument[]): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  for (const one of all) {
    const rows = connection.collection(one.collection);
    if ('document' in one) await rows.insertOne(one.document);
    else await rows.createIndex(one.index.key, one.index.options);
  }
  await connection.close();
}

function withMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaps);
  if (!isPlain(value)) return value;
  if ('$map' in value) return new Map(withMaps(value.$map) as [string, unknown][]);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withMaps(part)]));
}

function withoutMaps(value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value].map(withoutMaps) };
  if (Array.isArray(value)) return value.map(withoutMaps);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutMaps(part)]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));
