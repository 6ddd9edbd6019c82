import { describe, expect, it } from 'vitest';
import { aSession } from '../../test/support/data/builders.js';
import { facetKeyOf, facetsFrom, type SessionFacets } from '../session/session-facets.rules.js';
import type { Position } from '../session-admin/session-directory.repository.js';
import { type GroupedPosition, newestPassing, type SessionLists } from './newest-passing.js';

const facetsOfClient = (clientId: string): SessionFacets => facetsFrom(facetKeyOf(aSession({ clientId })));

/** Sessions with the newest first; `clients` names the client, and so the group, of each. */
class Lists implements SessionLists {
  readonly merged: (readonly string[])[] = [];
  walked = 0;
  readGroups = 0;
  private readonly places: readonly GroupedPosition[];

  constructor(clients: readonly string[]) {
    this.places = clients.map((group, i) => ({
      createdAt: new Date(1_000_000_000_000 - i),
      sessionId: `s${i}`,
      group,
    }));
  }

  walk(behind: Position | undefined, limit: number): Promise<readonly GroupedPosition[]> {
    const from = this.after(behind);
    this.walked += limit;
    return Promise.resolve(this.places.slice(from, from + limit));
  }

  facetsOf = facetsOfClient;

  groups() {
    this.readGroups += 1;
    const ids = [...new Set(this.places.map(({ group }) => group))];
    return Promise.resolve(ids.map((id) => ({ id, facets: facetsOfClient(id), count: 1 })));
  }

  merge(groups: readonly string[], behind: Position | undefined, limit: number) {
    this.merged.push(groups);
    const rest = this.places.slice(this.after(behind)).filter(({ group }) => groups.includes(group));
    return Promise.resolve(rest.slice(0, limit));
  }

  private after(behind: Position | undefined): number {
    return behind === undefined ? 0 : this.places.findIndex((p) => p.sessionId === behind.sessionId) + 1;
  }
}

const ids = (positions: readonly Position[]): readonly string[] => positions.map((p) => p.sessionId);

const ofClient = (wanted: string) => (facets: SessionFacets | undefined) => facets?.clientId === wanted;

describe('The newest sessions that pass', () => {
  it('are found by a walk where many pass, and no group is read [P-45]', async () => {
    const lists = new Lists(Array.from({ length: 100 }, (_, i) => (i % 2 ? 'a' : 'b')));
    const found = await newestPassing(lists, ofClient('a'), { limit: 3 });
    expect(ids(found)).toEqual(['s1', 's3', 's5']);
    expect(lists.merged).toEqual([]);
  });

  it('are found by a walk alone where a long page fills soon: reading the groups would take longer', async () => {
    const clients = Array.from({ length: 6_000 }, (_, i) => (i % 2 ? 'a' : 'b'));
    const lists = new Lists(clients);
    const found = await newestPassing(lists, ofClient('a'), { limit: 2_000 });
    expect(ids(found)).toEqual(Array.from({ length: 2_000 }, (_, i) => `s${2 * i + 1}`));
    expect(lists.readGroups).toBe(0);
  });

  it('go on behind the position of the last page [P-45]', async () => {
    const lists = new Lists(Array.from({ length: 100 }, (_, i) => (i % 2 ? 'a' : 'b')));
    const [, , behind] = await newestPassing(lists, ofClient('a'), { limit: 3 });
    expect(ids(await newestPassing(lists, ofClient('a'), { limit: 2, behind }))).toEqual(['s7', 's9']);
  });

  it('are merged from their groups where few pass, behind what was walked: none is lost or doubled [P-45]', async () => {
    const rare = [10, 999, 1_000, 4_500, 9_000];
    const lists = new Lists(
      Array.from({ length: 10_000 }, (_, i) => (rare.includes(i) ? 'rare' : `c${i % 50}`)),
    );
    const found = await newestPassing(lists, ofClient('rare'), { limit: 10 });
    expect(ids(found)).toEqual(rare.map((i) => `s${i}`));
    expect(lists.merged).toEqual([['rare']]);
    expect(lists.walked).toBeLessThan(2_000);
  });

  it('are none if no group passes, and no more than the beginning is walked [P-45]', async () => {
    const lists = new Lists(Array.from({ length: 5_000 }, (_, i) => `c${i % 50}`));
    expect(await newestPassing(lists, ofClient('other'), { limit: 10 })).toEqual([]);
    expect(lists.walked).toBeLessThan(2_000);
  });
});
