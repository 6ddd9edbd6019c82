import { setImmediate } from 'node:timers/promises';
import { AuditRepository } from '../../audit/audit.repository.js';
import { anonymised } from '../../audit/audit.rules.js';
import type { AuditLine, AuditPage, AuditQuery } from '../../audit/audit.types.js';
import { firstIdAt } from '../../audit/line-id.rules.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';

/** Keys that are looked at before others get their turn, and for one page, which then ends early. */
const AT_ONCE = 500;
const MOST_SOUGHT = 20_000;

/** Lines that are anonymised in one write. */
const REWRITTEN = 200;

type Facet = 'actor' | 'action' | 'target' | 'result';

/** Those that usually single out the fewest lines come first. */
const FACETS = ['target', 'result', 'action', 'actor'] as const satisfies readonly Facet[];

const keyOf = ({ tenant, id }: AuditLine): string[] => [tenant, id];

const valueOf = (line: AuditLine, facet: Facet): string =>
  facet === 'actor' || facet === 'target' ? line[facet].id : line[facet];

const facetKey = (line: AuditLine, facet: Facet): string[] => [
  line.tenant,
  facet,
  valueOf(line, facet),
  line.id,
];

export class LmdbAuditRepository extends AuditRepository {
  private readonly lines: Table<AuditLine>;
  private readonly byFacet: Table<true>;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.lines = store.table('audit');
    this.byFacet = store.table('audit-by-facet');
    this.ends = store.endIndex('audit-by-end');
  }

  override async append(lines: readonly AuditLine[]): Promise<void> {
    await this.store.write(() => {
      for (const line of lines) if (!this.lines.get(keyOf(line))) this.put(line);
    });
  }

  override async list(tenant: string, query: AuditQuery): Promise<AuditPage> {
    const { limit, to, before, from } = query;
    const bounds = [before, to && firstIdAt(to)].filter((bound) => bound !== undefined).toSorted();
    const found = new Seeking(
      this.indexesFor(tenant, query).map(
        ({ table, prefix }) =>
          (below) =>
            table.lastParts(prefix, below, from && firstIdAt(from)),
      ),
    );
    const ids = await found.page(limit, bounds[0]);
    const lines = ids.map((id) => this.lines.get([tenant, id])).filter((line) => line !== undefined);
    return { lines, ...(found.next !== undefined && { next: found.next }) };
  }

  override async anonymise(tenant: string, ids: readonly string[]): Promise<number> {
    const wanted = new Set(ids);
    const named = new Set<string>();
    for (const facet of ['actor', 'target'] as const) {
      for (const id of wanted)
        for (const line of this.byFacet.lastParts([tenant, facet, id])) named.add(line);
    }
    const all = [...named];
    for (let done = 0; done < all.length; done += REWRITTEN) {
      await this.store.write(() => {
        for (const id of all.slice(done, done + REWRITTEN)) this.forget(tenant, id, wanted);
      });
    }
    return all.length;
  }

  /** Erases lines whose time is over, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => this.erase(key));
  }

  private indexesFor(
    tenant: string,
    query: AuditQuery,
  ): readonly { table: Table<unknown>; prefix: string[] }[] {
    const indexes = FACETS.flatMap((facet) => {
      const value = query[facet];
      return value === undefined ? [] : [{ table: this.byFacet, prefix: [tenant, facet, value] }];
    });
    return indexes.length > 0 ? indexes : [{ table: this.lines, prefix: [tenant] }];
  }

  private forget(tenant: string, id: string, ids: ReadonlySet<string>): void {
    const line = this.lines.get([tenant, id]);
    if (!line) return;
    for (const facet of FACETS) this.byFacet.remove(facetKey(line, facet));
    this.put(anonymised(line, ids));
  }

  private erase(key: string[]): void {
    const line = this.lines.get(key);
    if (!line) return;
    for (const facet of FACETS) this.byFacet.remove(facetKey(line, facet));
    this.ends.move(key, line.erasedAt, undefined);
    this.lines.remove(key);
  }

  private put(line: AuditLine): void {
    this.lines.put(keyOf(line), line);
    for (const facet of FACETS) this.byFacet.put(facetKey(line, facet), true);
    this.ends.move(keyOf(line), undefined, line.erasedAt);
  }
}

/** Ids of an index below one, the last first. */
type Descending = (below: string | undefined) => Iterable<string>;

/** Sorts behind this id, and before all later ones: ids are hexadecimal. */
const behind = (id: string): string => `${id}~`;

/** Finds what all of these indexes have in common. Each jumps to where another one is, so the rarest sets the pace. */
class Seeking {
  next: string | undefined;
  private readonly ids: string[] = [];
  private sought = 0;

  constructor(private readonly indexes: readonly Descending[]) {}

  async page(limit: number, below: string | undefined): Promise<readonly string[]> {
    let at = below;
    do {
      at = this.some(limit, at);
      await setImmediate();
    } while (at !== undefined);
    return this.ids;
  }

  /** @returns where to go on in this page; undefined at its end */
  private some(limit: number, below: string | undefined): string | undefined {
    const [first, ...others] = this.indexes;
    const end = this.sought + AT_ONCE;
    let at = below;
    let jumped = true;
    if (!first) return undefined;
    while (jumped) {
      jumped = false;
      for (const id of first(at)) {
        if (this.ids.length === limit || this.sought >= MOST_SOUGHT) {
          this.next = at;
          return undefined;
        }
        if (this.sought >= end) return at;
        this.sought += 1;
        const common = lowestOf(others, id);
        if (common === undefined) return undefined;
        if (common === id) this.ids.push(id);
        jumped = common !== id;
        at = jumped ? behind(common) : id;
        if (jumped) break;
      }
    }
    return undefined;
  }
}

/** @returns the lowest of the ids that each index has at or below `id`; undefined if one has none */
function lowestOf(indexes: readonly Descending[], id: string): string | undefined {
  let lowest = id;
  for (const index of indexes) {
    const [last] = index(behind(lowest));
    if (last === undefined) return undefined;
    lowest = last;
  }
  return lowest;
}
