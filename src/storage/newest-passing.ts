import { setImmediate } from 'node:timers/promises';
import type { FacetFilter, FacetGroup, Position } from '../session-admin/session-directory.repository.js';
import type { SessionFacets } from '../session/session-facets.rules.js';

/** Entries that are walked before the groups are looked at: less work than reading the groups of a large tenant. */
const WALKED_FIRST = 1_000;

/** Walking this many takes less time than reading the groups of a large tenant. */
const WALKED_RATHER_THAN_GROUPS = 3_000;

/** Finding the newest session of one group takes as long as walking this many entries. */
const ENTRIES_FOR_A_GROUP = 4;

/** Entries read per turn of the event loop: a few milliseconds, then other work gets its turn. */
const WALKED_AT_ONCE = 2_000;

export interface GroupedPosition extends Position {
  /** The id of the session's group. */
  readonly group: string;
}

/** The two indexes of a store, bounded by one range. All that they return is in order, the newest first. */
export interface SessionLists {
  /** Of all sessions, by time. */
  walk(behind: Position | undefined, limit: number): Promise<readonly GroupedPosition[]>;
  facetsOf(group: string): SessionFacets | undefined;
  groups(): Promise<readonly FacetGroup[]>;
  /** Of these groups alone. */
  merge(groups: readonly string[], behind: Position | undefined, limit: number): Promise<readonly Position[]>;
}

/**
 * Finds the newest sessions whose facets pass. Walking through all sessions by time is quick where many pass; merging
 * the groups that pass is quick where they are few. So it walks a little, and then does what promises to be cheaper
 * (decision 0055).
 */
export async function newestPassing(
  lists: SessionLists,
  passing: FacetFilter,
  { limit, behind }: { readonly limit: number; readonly behind?: Position | undefined },
): Promise<readonly Position[]> {
  const walk = new Walk(lists, passing, limit, behind);
  await walk.to(WALKED_FIRST);
  if (walk.expected <= WALKED_RATHER_THAN_GROUPS) await walk.to(WALKED_FIRST + WALKED_RATHER_THAN_GROUPS);
  if (walk.isOver) return walk.found;
  const groups = (await lists.groups()).filter(({ facets }) => passing(facets)).map(({ id }) => id);
  const affordable = groups.length * ENTRIES_FOR_A_GROUP;
  if (walk.expected <= affordable) await walk.to(walk.walked + affordable);
  if (walk.isOver) return walk.found;
  const others = await lists.merge(groups, walk.behind, limit - walk.found.length);
  return [...walk.found, ...others];
}

class Walk {
  readonly found: Position[] = [];
  walked = 0;
  private ended = false;
  private readonly judged = new Map<string, boolean>();

  constructor(
    private readonly lists: SessionLists,
    private readonly passing: FacetFilter,
    private readonly limit: number,
    /** The last position that was looked at. */
    public behind: Position | undefined,
  ) {}

  get isOver(): boolean {
    return this.ended || this.found.length === this.limit;
  }

  /** Estimates how many more entries must be read, judging by those read so far. */
  get expected(): number {
    return ((this.limit - this.found.length) * this.walked) / this.found.length;
  }

  async to(most: number): Promise<void> {
    while (!this.isOver && this.walked < most) {
      const wanted = Math.min(
        this.walked === 0 ? this.limit : this.walked,
        most - this.walked,
        WALKED_AT_ONCE,
      );
      const places = await this.lists.walk(this.behind, wanted);
      for (const place of places) this.look(place);
      this.ended = places.length < wanted;
      this.walked += places.length;
      await setImmediate();
    }
  }

  private look(place: GroupedPosition): void {
    if (this.found.length === this.limit) return;
    this.behind = place;
    if (this.passes(place.group)) this.found.push(place);
  }

  private passes(group: string): boolean {
    const known = this.judged.get(group);
    if (known !== undefined) return known;
    const passes = this.passing(this.lists.facetsOf(group));
    this.judged.set(group, passes);
    return passes;
  }
}
