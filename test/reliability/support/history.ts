/** A compare-and-set of one register by its version. Times are milliseconds of one clock. */
export interface Write {
  readonly kind: 'write';
  /** The version that it was to replace: the next one is its own. */
  readonly from: number;
  readonly value: string;
  readonly outcome: 'won' | 'lost' | 'unknown';
  readonly began: number;
  readonly ended: number;
}

export interface Read {
  readonly kind: 'read';
  readonly version: number;
  readonly value: string;
  readonly began: number;
  readonly ended: number;
}

export type Operation = Write | Read;

/**
 * Why this history is not that of one register on which each operation took place at a point between its begin
 * and its end (linearizability, Herlihy and Wing 1990). Each state has a version of its own, so the order of the
 * operations is given, and it is enough to look for those that contradict it: no search as in the general case.
 */
export function violations(history: readonly Operation[], first: string): readonly string[] {
  const writes = history.filter((one) => one.kind === 'write');
  return [
    ...twoWinners(writes),
    ...wrongValues(history, valuesOf(writes, first)),
    ...groundlessLosses(writes),
    ...backwards(history),
  ];
}

function twoWinners(writes: readonly Write[]): readonly string[] {
  const winners = new Map<number, string>();
  const found: string[] = [];
  for (const { from, value, outcome } of writes) {
    if (outcome !== 'won') continue;
    const other = winners.get(from);
    if (other !== undefined) found.push(`version ${from} was replaced by ${other} and by ${value}`);
    winners.set(from, value);
  }
  return found;
}

/** What each version may hold: what won, else what may have been written without an answer. */
function valuesOf(writes: readonly Write[], first: string): ReadonlyMap<number, ReadonlySet<string>> {
  const values = new Map<number, Set<string>>([[1, new Set([first])]]);
  const won = new Set(writes.filter(({ outcome }) => outcome === 'won').map(({ from }) => from));
  for (const { from, value, outcome } of writes) {
    if (outcome === 'lost' || (outcome === 'unknown' && won.has(from))) continue;
    const ofVersion = values.get(from + 1) ?? new Set();
    values.set(from + 1, ofVersion.add(value));
  }
  return values;
}

function wrongValues(
  history: readonly Operation[],
  values: ReadonlyMap<number, ReadonlySet<string>>,
): readonly string[] {
  const seen = new Map<number, string>();
  const found: string[] = [];
  for (const one of history) {
    if (one.kind === 'write') continue;
    const { version, value } = one;
    const other = seen.get(version);
    if (!values.get(version)?.has(value)) found.push(`version ${version} is ${value}: nobody wrote that`);
    if (other !== undefined && other !== value) found.push(`version ${version} is ${value} and ${other}`);
    seen.set(version, value);
  }
  return found;
}

/** A conflict says that another write was faster: there must be one that had begun. */
function groundlessLosses(writes: readonly Write[]): readonly string[] {
  const replacedFrom = new Map<number, number>();
  for (const { from, outcome, began } of writes) {
    if (outcome !== 'lost') replacedFrom.set(from, Math.min(replacedFrom.get(from) ?? Infinity, began));
  }
  return writes
    .filter(
      ({ outcome, from, ended }) => outcome === 'lost' && !((replacedFrom.get(from) ?? Infinity) < ended),
    )
    .map(({ from, value }) => `${value} was refused, but nobody had replaced version ${from}`);
}

/** What had ended before an operation began is what it sees, or older. */
function backwards(history: readonly Operation[]): readonly string[] {
  const certain = history.filter((one) => one.kind === 'read' || one.outcome === 'won');
  const ended = certain.toSorted((a, b) => a.ended - b.ended);
  const found: string[] = [];
  let newest = 0;
  let next = 0;
  for (const one of certain.toSorted((a, b) => a.began - b.began)) {
    for (let past = ended[next]; past && past.ended < one.began; past = ended[++next]) {
      newest = Math.max(newest, past.kind === 'read' ? past.version : past.from + 1);
    }
    const at = one.kind === 'read' ? one.version : one.from;
    if (at < newest) found.push(`a ${one.kind} at version ${at} began after version ${newest} was known`);
  }
  return found;
}
