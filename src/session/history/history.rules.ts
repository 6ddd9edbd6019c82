import type { Json } from '../../shared/json.js';
import type {
  ChangedBy,
  Session,
  SessionContext,
  SessionHistory,
  Source,
  Sourced,
} from '../session.types.js';
import { entryOf, lineOf } from './history-lines.rules.js';
import type { FieldChange, HistoryEntry, NumberedEntry } from './history.types.js';

/**
 * What the history of one session may take. It is part of the record, so every read of the session carries it. Sizes
 * are in bytes of UTF-8 JSON.
 */
export const HISTORY_LIMITS = { entries: 50, bytes: 8 * 1024, entryBytes: 2048, valueBytes: 256 } as const;

const FIELDS = ['siteCode', 'currency', 'targetLocation', 'language', 'cartId', 'customerId'] as const;

/** Leads the names of attributes, which may be equal to those of fields. */
const ATTRIBUTE = 'context.';

/** How a write is recorded. */
export interface Recording {
  /** Absent: the sources of the new values tell. */
  readonly by?: ChangedBy | undefined;
  /** Changes outside the context. */
  readonly noted?: readonly FieldChange[] | undefined;
  /** Whether to keep only the names of changed attributes. */
  readonly omitsAttributeValues: boolean;
  /** Of a write that changes no context, and so has no time of its own. */
  readonly at?: Date;
}

export interface Difference {
  readonly change: FieldChange;
  readonly source: Source;
}

/**
/**
 * Returns the record to write, with the change of its context in its history. If no value of the context changed, nothing
 * was noted, and no other browser took the session over, returns `next` itself.
 * @param before undefined for a new session
 */
export function withHistory(before: Session | undefined, next: Session, recording: Recording): Session {
  if (recording.by?.kind === 'handover') return handedOver(next, recording.by, recording.at);
  const { context } = next;
  const isSameContext = context === before?.context;
  if (!context || (isSameContext && !recording.noted?.length)) return next;
  const differences = isSameContext ? [] : differencesOf(before?.context, context, recording);
  const entries = [...entriesOf(next, context, differences, recording), ...notedEntries(context, recording)];
  return entries.length === 0 ? next : { ...next, history: appended(before?.history, entries) };
}

/** An entry without changes: from here on, others may have made them. */
function handedOver(next: Session, by: ChangedBy, at: Date | undefined): Session {
  if (!next.context || !at) return next;
  const entry: HistoryEntry = { at, version: next.context.version, by, source: 'handover', changes: [] };
  return { ...next, history: appended(next.history, [entry]) };
}

/** Returns the kept entries, newest first. */
export function historyOf({ history }: Pick<Session, 'history'>): readonly NumberedEntry[] {
  if (!history) return [];
  const lines = history.lines.split('\n').slice(0, -1);
  const first = history.made - history.kept + 1;
  return lines.map((line, i) => ({ ...entryOf(line), number: first + i })).toReversed();
}

/** Returns what changed in a context, in the order of its fields. */
export function differencesOf(
  before: SessionContext | undefined,
  next: SessionContext,
  { by, omitsAttributeValues }: Recording,
): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (
    field: string,
    from: Sourced<Json> | undefined,
    to: Sourced<Json> | undefined,
    omits: boolean,
  ): void => {
    if (from === to || (from && to && isSame(from.value, to.value))) return;
    const source = to?.source ?? removerOf(from, by);
    found.push({ change: changeOf(field, from?.value, to?.value, omits), source });
  };
  for (const field of FIELDS) compare(field, before?.[field], next[field], false);
  const old = before?.attributes;
  if (old === next.attributes) return found;
  for (const [name, from] of old ?? []) {
    compare(ATTRIBUTE + name, from, next.attributes.get(name), omitsAttributeValues);
  }
  for (const [name, to] of next.attributes) {
    if (!old?.has(name)) compare(ATTRIBUTE + name, undefined, to, omitsAttributeValues);
  }
  return found;
}

const isSame = (one: Json, other: Json): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** A removed value has no new source. Unless somebody is named, it was the app that had set it, or the shopper. */
function removerOf(from: Sourced<Json> | undefined, by: ChangedBy | undefined): Source {
  if (by && by.kind !== 'app') return by.kind;
  return from?.source.startsWith('app:') ? from.source : 'shopper';
}

function changeOf(field: string, from: Json | undefined, to: Json | undefined, omits: boolean): FieldChange {
  if (omits || isLong(from) || isLong(to)) return { field, valuesOmitted: true };
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

const isLong = (value: Json | undefined): boolean =>
  value !== undefined && sizeOf(value) > HISTORY_LIMITS.valueBytes;

const sizeOf = (value: Json | FieldChange): number => Buffer.byteLength(JSON.stringify(value));

/** Returns an entry for each source of the new values. */
function entriesOf(
  { customerId }: Session,
  { version, modifiedAt }: SessionContext,
  differences: readonly Difference[],
  { by }: Recording,
): readonly HistoryEntry[] {
  const bySource = new Map<Source, FieldChange[]>();
  for (const { source, change } of differences) {
    const changes = bySource.get(source);
    if (changes) changes.push(change);
    else bySource.set(source, [change]);
  }
  return Array.from(bySource, ([source, changes]) => {
    const { reason, ...who } = changerOf(source, by, customerId);
    return {
      at: modifiedAt,
      version,
      by: who,
      source,
      ...(reason !== undefined && { reason }),
      ...bounded(changes),
    };
  });
}

function notedEntries(
  { version }: SessionContext,
  { by, noted = [], at }: Recording,
): readonly HistoryEntry[] {
  if (!by || !at || noted.length === 0) return [];
  const { reason, ...who } = by;
  const source = by.kind === 'app' ? (`app:${by.id ?? ''}` as const) : by.kind;
  return [{ at, version, by: who, source, ...(reason !== undefined && { reason }), ...bounded(noted) }];
}

/** An app is named by the source of its values; who caused it to run does not matter. */
export function changerOf(
  source: Source,
  by: ChangedBy | undefined,
  customerId: string | undefined,
): ChangedBy {
  if (source.startsWith('app:')) return { kind: 'app', id: source.slice('app:'.length) };
  if (by) return by;
  const person = customerId !== undefined && { id: customerId };
  if (source === 'login') return { kind: 'login', ...person };
  if (source === 'employee' || source === 'agent') return { kind: source };
  if (source === 'shopper') return { kind: 'shopper', ...person };
  // First values of a context, which the first cart makes.
  return { kind: 'cart' };
}

/** Leaves out the last changes if all of them would be too large. */
export function bounded(changes: readonly FieldChange[]): Pick<HistoryEntry, 'changes' | 'changesOmitted'> {
  let room: number = HISTORY_LIMITS.entryBytes;
  const end = changes.findIndex((change) => (room -= sizeOf(change)) < 0);
  if (end === -1) return { changes };
  return { changes: changes.slice(0, end), changesOmitted: changes.length - end };
}

/** Drops the oldest entries where the limits are exceeded. The newest entry alone is always smaller. */
function appended(history: SessionHistory | undefined, entries: readonly HistoryEntry[]): SessionHistory {
  let { lines, kept, bytes, made } = history ?? { lines: '', kept: 0, bytes: 0, made: 0 };
  for (const entry of entries) {
    const line = lineOf(entry);
    lines += line;
    bytes += Buffer.byteLength(line);
  }
  kept += entries.length;
  made += entries.length;
  let from = 0;
  for (; kept > HISTORY_LIMITS.entries || bytes > HISTORY_LIMITS.bytes; kept -= 1) {
    const end = lines.indexOf('\n', from) + 1;
    bytes -= Buffer.byteLength(lines.slice(from, end));
    from = end;
  }
  return { made, kept, bytes, lines: lines.slice(from) };
}
