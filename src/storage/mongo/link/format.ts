import type { Connection, mongo } from 'mongoose';
import { CURRENT_FORMAT, expectKnownFormat, FIRST_FORMAT } from '../../store-format.js';

interface FormatRow {
  readonly _id: string;
  readonly format: number;
}

const KEY = 'format';

/** No model, because no request reads it. */
const rowsOf = ({ db }: Connection): mongo.Collection<FormatRow> | undefined =>
  db?.collection<FormatRow>('meta');

/** Before anything is written. @throws StoreTooNew */
export async function expectFormat(connection: Connection): Promise<void> {
  const row = await rowsOf(connection)?.findOne({ _id: KEY });
  expectKnownFormat(`The database '${connection.name}'`, row?.format ?? FIRST_FORMAT);
}

/** Older instances that still run go on; one that starts from now on refuses. */
export async function recordFormat(connection: Connection): Promise<void> {
  await rowsOf(connection)?.updateOne({ _id: KEY }, { $max: { format: CURRENT_FORMAT } }, { upsert: true });
}
