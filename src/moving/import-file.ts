import { hash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import { Checkpoint } from './checkpoint.js';
import type { Imports } from './import.js';
import { BEGINNING, type Line, readLine, UnusableLine } from './lines/line.js';
import type { Imported, MovedKind } from './moved.types.js';
import { MovingRefused } from './refused.js';

/** Lines per write. Small, because lines that are imported again after a crash must be looked up again. */
const AT_ONCE = 500;
/** Bytes of lines that are read at once, so that many long ones are not all held in memory. */
const BYTES_AT_ONCE = 33_554_432;
/** More than a record can have, however its JSON is written. A file of another format may have no line at all. */
const LONGEST_LINE = { bytes: 67_108_864, words: '64 MiB' } as const;
/** Enough to tell files apart, and to hold the last line of an export. */
const EDGE_BYTES = 65_536;
const NEWLINE = 10;

export type Results = Readonly<Record<MovedKind, Imported>>;

export interface ImportOptions {
  readonly file: string;
  /** Absent if no progress is to be remembered. */
  readonly checkpoint?: string;
  /** Names the store, so that a checkpoint is not used for another one. */
  readonly store: string;
  readonly now: Date;
  /** Converts a line of another system to our format. */
  readonly convert?: (line: string) => string;
  readonly onProgress: (done: number, total?: number) => void;
}

const amount = z.int().nonnegative();
const imported = z.object({ added: amount, present: amount, expired: amount, refused: amount });
const stateSchema = z.object({
  bytes: amount,
  lines: amount,
  done: z.boolean(),
  results: z.object({ signingKey: imported, customer: imported, cart: imported, session: imported }),
});
type State = z.infer<typeof stateSchema>;

const NOTHING: Imported = { added: 0, present: 0, expired: 0, refused: 0 };
const BEGIN: State = {
  bytes: 0,
  lines: 0,
  done: false,
  results: {
    signingKey: { ...NOTHING },
    customer: { ...NOTHING },
    cart: { ...NOTHING },
    session: { ...NOTHING },
  },
};

/** @throws MovingRefused */
export async function importFile(imports: Imports, options: ImportOptions): Promise<Results> {
  const edges = edgesOf(options.file);
  const total = totalOf(edges, options);
  const about = hash('sha256', JSON.stringify([edges.size, edges.first, edges.last, options.store]), 'hex');
  const checkpoint =
    options.checkpoint === undefined
      ? undefined
      : new Checkpoint<State>(options.checkpoint, stateSchema, about);
  let reached = checkpoint?.read() ?? BEGIN;
  if (reached.done) {
    throw new MovingRefused(
      `${options.file} was imported already. To import it again, which would bring back sessions that have ended since, delete ${options.checkpoint}`,
    );
  }
  for await (const batch of batchesOf(options.file, reached)) {
    reached = await taken(imports, batch, reached, options);
    checkpoint?.write(reached);
    options.onProgress(sumOf(reached.results), total);
  }
  checkpoint?.write({ ...reached, done: true });
  return reached.results;
}

async function taken(
  imports: Imports,
  { lines, bytes }: Batch,
  before: State,
  { now, convert = (line) => line }: ImportOptions,
): Promise<State> {
  // All of them are read before one is written.
  const read = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [lineAt(before.lines + index + 1, convert, line, now)],
  );
  for (const line of read) await imports.expect(line);
  const outcomes = await Promise.all(read.map((line) => imports.take(line)));
  const results = structuredClone(before.results);
  for (const one of outcomes) if (one) results[one.kind][one.outcome] += 1;
  return { ...before, bytes: before.bytes + bytes, lines: before.lines + lines.length, results };
}

function lineAt(number: number, convert: (line: string) => string, line: string, now: Date): Line {
  try {
    return readLine(convert(line), now);
  } catch (error) {
    if (!(error instanceof UnusableLine)) throw error;
    throw new MovingRefused(`Line ${number} can't be imported: ${error.message}. Lines before it may be`);
  }
}

interface Batch {
  readonly lines: readonly string[];
  /** With the ends of the lines. */
  readonly bytes: number;
}

/** @param reached what was imported before @throws MovingRefused */
async function* batchesOf(
  file: string,
  { bytes: start, lines: before }: Pick<State, 'bytes' | 'lines'>,
): AsyncGenerator<Batch> {
  let read = before;
  let rest: Buffer = Buffer.alloc(0);
  let lines: string[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream(file, { start, highWaterMark: 1_048_576 })) {
    rest = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, from)) {
      lines.push(rest.toString('utf8', from, end));
      read += 1;
      bytes += end + 1 - from;
      from = end + 1;
      if (lines.length < AT_ONCE && bytes < BYTES_AT_ONCE) continue;
      yield { lines, bytes };
      [lines, bytes] = [[], 0];
    }
    rest = rest.subarray(from);
    if (rest.length > LONGEST_LINE.bytes)
      throw new MovingRefused(`Line ${read + 1} is longer than ${LONGEST_LINE.words}`);
  }
  if (rest.length > 0) lines.push(rest.toString('utf8'));
  if (lines.length > 0) yield { lines, bytes: bytes + rest.length };
}

interface Edges {
  readonly size: number;
  readonly first: string;
  readonly last: string;
}

function edgesOf(file: string): Edges {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (size === undefined) throw new MovingRefused(`There is no file ${file}`);
  const handle = openSync(file, 'r');
  try {
    const read = (position: number): string => {
      const bytes = Buffer.alloc(Math.min(EDGE_BYTES, size));
      readSync(handle, bytes, 0, bytes.length, position);
      return bytes.toString('utf8');
    };
    return { size, first: read(0), last: read(Math.max(0, size - EDGE_BYTES)) };
  } finally {
    closeSync(handle);
  }
}

/** An export says at its end how many records it has. @throws MovingRefused - its end is missing */
function totalOf({ first, last }: Edges, { file, now }: ImportOptions): number | undefined {
  if (!first.startsWith(BEGINNING)) return undefined;
  const line = endIn(last.trimEnd().split('\n').at(-1) ?? '', now);
  if (line?.kind === 'end') return Object.values(line.counts).reduce((sum, some) => sum + some, 0);
  throw new MovingRefused(`${file} is not complete: its last line is missing. Export it again`);
}

function endIn(line: string, now: Date): Line | undefined {
  try {
    return readLine(line, now);
  } catch (error) {
    if (error instanceof UnusableLine) return undefined;
    throw error;
  }
}

const sumOf = (results: Results): number =>
  Object.values(results).reduce((sum, one) => sum + one.added + one.present + one.expired + one.refused, 0);
