/** Milliseconds. */
const WINDOW = 60_000;
/** Kinds that are remembered. They are told apart by texts of this program, so there are never many. */
const MOST_KINDS = 1_000;

interface Kind {
  readonly since: number;
  written: number;
  leftOut: number;
}

/**
 * Bounds how often lines of one kind are written in a minute, so that neither an outage nor a client that provokes them
 * fills the disk that the log is on.
 */
export class LineLimit {
  private readonly kinds = new Map<string, Kind>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number) {}

  /**
   * @param most lines of this kind in a minute
   * @returns how many lines of this kind were left out before this one, or undefined if this one is to be left out too
   */
  take(name: string, most: number): number | undefined {
    const kind = this.kinds.get(name);
    if (kind === undefined || this.now() - kind.since >= WINDOW) {
      if (this.kinds.size >= MOST_KINDS) this.kinds.clear();
      this.kinds.set(name, { since: this.now(), written: 1, leftOut: 0 });
      return kind?.leftOut ?? 0;
    }
    if (kind.written >= most) {
      kind.leftOut += 1;
      return undefined;
    }
    kind.written += 1;
    return 0;
  }
}
