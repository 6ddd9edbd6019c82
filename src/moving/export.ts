import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { stateOf } from '../session/tokens/lifetime.rules.js';
import { isOfSystem, reasonOf } from '../shared/system-error.js';
import { VERSION } from '../shared/version.js';
import type { Storage } from '../storage/storage.js';
import { Checkpoint } from './checkpoint.js';
import { cartLine, customerLine, endLine, headLine, keyLine, sessionLine } from './lines/line.js';
import { type Counts, MOVED, type MovedKind, NONE } from './moved.types.js';
import { MovingRefused } from './refused.js';

const AT_ONCE = 500;

export interface ExportOptions {
  /** Absent: nothing is written, only counted. */
  readonly file?: string;
  readonly checkpoint?: string;
  readonly tenants: readonly string[];
  /** Without them, access tokens and cookies of the VTEX dialect are refused elsewhere. */
  readonly keys: boolean;
  readonly now: Date;
  readonly onProgress: (done: number) => void;
}

const amount = z.int().nonnegative();
const stateSchema = z.object({
  bytes: amount,
  counts: z.object({ signingKey: amount, customer: amount, cart: amount, session: amount }),
  place: z.object({ kind: z.enum(MOVED), tenant: z.string(), after: z.string().optional() }).optional(),
});
type State = z.infer<typeof stateSchema>;
type Place = NonNullable<State['place']>;

interface Lines {
  readonly lines: readonly string[];
  readonly next?: string;
}

/** @throws MovingRefused */
export async function exportStore(storage: Storage, options: ExportOptions): Promise<Counts> {
  const known = await storage.tenants.names();
  const missing = options.tenants.filter((tenant) => !known.includes(tenant));
  if (missing.length > 0) throw new MovingRefused(`There is no tenant ${missing.join(', ')} in this store`);
  const target = options.file === undefined ? undefined : ExportFile.open(options.file, options);
  try {
    const counts = await run(storage, options, target);
    target?.finish(endLine(counts));
    return counts;
  } catch (error) {
    if (!target || !isOfSystem(error)) throw error;
    throw new MovingRefused(
      `${options.file} can't be written: ${reasonOf(error)}. When it can, the same command goes on`,
      { cause: error },
    );
  } finally {
    target?.close();
  }
}

async function run(
  storage: Storage,
  options: ExportOptions,
  target: ExportFile | undefined,
): Promise<Counts> {
  const { tenants, now, keys } = options;
  const ofService: readonly Place[] = keys ? [{ kind: 'signingKey', tenant: '' }] : [];
  const places = MOVED.flatMap((kind) =>
    kind === 'signingKey' ? ofService : tenants.map((tenant): Place => ({ kind, tenant })),
  );
  const { place: begun, ...begin } = target?.state ?? { counts: NONE };
  const counts: Record<MovedKind, number> = { ...begin.counts };
  const at = places.findIndex(({ kind, tenant }) => kind === begun?.kind && tenant === begun.tenant);
  if (at < 0) target?.append(headLine(VERSION, tenants, now));
  for (const [index, one] of places.slice(Math.max(at, 0)).entries()) {
    let after = index === 0 ? begun?.after : undefined;
    do {
      const { lines, next } = await linesOf(storage, { ...one, after }, now);
      counts[one.kind] += lines.length;
      after = next;
      const following = next === undefined ? places[Math.max(at, 0) + index + 1] : { ...one, after: next };
      target?.append(lines.join(''), { counts, place: following });
      options.onProgress(Object.values(counts).reduce((sum, count) => sum + count, 0));
    } while (after !== undefined);
  }
  return counts;
}

async function linesOf({ signingKeys, moving }: Storage, place: Place, now: Date): Promise<Lines> {
  const { kind, tenant, after } = place;
  switch (kind) {
    case 'signingKey':
      return { lines: (await signingKeys.list()).map(keyLine) };
    case 'customer': {
      const { rows, ...next } = await moving.customers(tenant, AT_ONCE, after);
      return { lines: rows.map(customerLine), ...next };
    }
    case 'cart': {
      const { rows, ...next } = await moving.carts(tenant, AT_ONCE, after);
      return { lines: rows.map(cartLine), ...next };
    }
    case 'session': {
      const { rows, ...next } = await moving.sessions(tenant, AT_ONCE, after);
      return { lines: rows.filter((one) => stateOf(one, now) !== 'gone').map(sessionLine), ...next };
    }
  }
}

/** Gets its name once it is complete. Until then it ends in `.part`, and its checkpoint says how much of it counts. */
class ExportFile {
  private constructor(
    private readonly name: string,
    private readonly handle: number,
    private readonly checkpoint: Checkpoint<State>,
    readonly state: State | undefined,
    private bytes: number,
  ) {}

  static open(name: string, { tenants, keys, ...options }: ExportOptions): ExportFile {
    if (existsSync(name)) {
      throw new MovingRefused(
        `${name} is already there, and an export overwrites nothing: name another file`,
      );
    }
    const part = `${name}.part`;
    const place = options.checkpoint ?? `${name}.checkpoint`;
    const checkpoint = new Checkpoint<State>(place, stateSchema, JSON.stringify({ tenants, keys }));
    const begun = existsSync(part) ? checkpoint.read() : undefined;
    const handle = openSync(part, begun ? 'r+' : 'w', 0o600);
    ftruncateSync(handle, begun?.bytes ?? 0);
    return new ExportFile(name, handle, checkpoint, begun, begun?.bytes ?? 0);
  }

  append(text: string, reached?: Omit<State, 'bytes'>): void {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.handle, bytes, done, bytes.length - done, this.bytes + done);
    }
    this.bytes += bytes.length;
    if (!reached?.place) return;
    fsyncSync(this.handle);
    this.checkpoint.write({ ...reached, bytes: this.bytes });
  }

  finish(end: string): void {
    this.append(end);
    fsyncSync(this.handle);
    renameSync(`${this.name}.part`, this.name);
    rmSync(this.checkpoint.file, { force: true });
  }

  close(): void {
    closeSync(this.handle);
  }
}
