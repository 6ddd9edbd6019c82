import type { Json } from '../../shared/json.js';
import type { ChangedBy, Source } from '../session.types.js';
import type { FieldChange, HistoryEntry } from './history.types.js';

/**
 * An entry as it is stored: short, because every read and write of the session carries it. Values stand in lists, of
 * which an empty one means that there is no value.
 */
type Stored = readonly [
  at: number,
  version: number,
  source: Source,
  changes: readonly StoredChange[],
  by: readonly [kind: ChangedBy['kind'], id?: string, agent?: string] | 0,
  reason: string | 0,
  changesOmitted: number,
];

/** Without values if they are omitted. */
type StoredChange = readonly [field: string, from?: readonly Json[], to?: readonly Json[]];

/** Returns the line of an entry, with its end. */
export function lineOf(entry: HistoryEntry): string {
  const { at, version, source, changes, by, reason = 0, changesOmitted = 0 } = entry;
  // A guest who changed something is told by the source.
  const isGuest = by.kind === source && by.id === undefined;
  const who = isGuest ? 0 : storedChanger(by);
  const stored: Stored = [
    at.getTime(),
    version,
    source,
    changes.map(storedChange),
    who,
    reason,
    changesOmitted,
  ];
  return `${JSON.stringify(stored)}\n`;
}

/** Reads the text between two ends of lines. */
export function entryOf(line: string): HistoryEntry {
  const [at, version, source, changes, by, reason, changesOmitted]: Stored = JSON.parse(line);
  return {
    at: new Date(at),
    version,
    by: changerOf(by, source),
    source,
    ...(reason !== 0 && { reason }),
    changes: changes.map(givenChange),
    ...(changesOmitted > 0 && { changesOmitted }),
  };
}

function changerOf(by: Stored[4], source: Source): HistoryEntry['by'] {
  const [kind, id, agent] = by === 0 ? [KINDS.get(source) ?? 'shopper'] : by;
  return { kind, ...(id !== undefined && { id }), ...(agent !== undefined && { agent }) };
}

function storedChanger({ kind, id, agent }: HistoryEntry['by']): Exclude<Stored[4], 0> {
  if (id === undefined) return [kind];
  return agent === undefined ? [kind, id] : [kind, id, agent];
}

const KINDS: ReadonlyMap<Source, ChangedBy['kind']> = new Map(
  (['shopper', 'employee', 'login', 'cart', 'agent', 'handover'] as const).map((kind) => [kind, kind]),
);

const storedChange = ({ field, from, to, valuesOmitted }: FieldChange): StoredChange =>
  valuesOmitted ? [field] : [field, from === undefined ? [] : [from], to === undefined ? [] : [to]];

function givenChange([field, from, to]: StoredChange): FieldChange {
  if (!from || !to) return { field, valuesOmitted: true };
  return {
    field,
    ...(from[0] !== undefined && { from: from[0] }),
    ...(to[0] !== undefined && { to: to[0] }),
  };
}
