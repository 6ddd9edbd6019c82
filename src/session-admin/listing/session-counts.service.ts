import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { SessionFacets } from '../../session/index.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { decodeSegment, type Segment } from '../../vtex/index.js';
import { type CountedGroup, SessionDirectory } from '../session-directory.repository.js';
import { SessionSegments } from './session-segments.service.js';

export const COUNTED_BY = ['kind', 'siteCode', 'currency', 'segment'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

export type SessionCount = { readonly [K in CountedBy]?: string } & { readonly sessions: number };

export interface SessionCounts {
  readonly total: number;
  readonly counts: readonly SessionCount[];
  readonly asOf: Date;
}

export interface SegmentSize {
  readonly segmentToken: string;
  readonly conditions: Segment;
  readonly sessions: number;
}

/** Counting may look at each session of a tenant, and a console asks again and again. */
const SECONDS_KEPT = 15;
const TENANTS_KEPT = 1_000;

interface Counted {
  readonly groups: readonly CountedGroup[];
  readonly asOf: Date;
}

/** Counts the sessions of a tenant, a few seconds late. Those that ended within the last minute may still count. */
@Injectable()
export class SessionCountService {
  private readonly kept = new LRUCache<string, Promise<Counted>>({ max: TENANTS_KEPT });

  constructor(
    private readonly directory: SessionDirectory,
    private readonly segments: SessionSegments,
    private readonly clock: Clock,
  ) {}

  async count(tenant: string, by: readonly CountedBy[]): Promise<SessionCounts> {
    const { groups, asOf } = await this.counted(tenant);
    const tokenOf = by.includes('segment') ? await this.segments.ofFacets(tenant) : () => undefined;
    const sums = new Map<string, SessionCount>();
    for (const { facets, sessions } of groups) {
      const parts = facets ? partsOf(facets, by, tokenOf) : {};
      const key = JSON.stringify(by.map((name) => parts[name] ?? null));
      sums.set(key, { ...parts, sessions: sessions + (sums.get(key)?.sessions ?? 0) });
    }
    const total = groups.reduce((sum, { sessions }) => sum + sessions, 0);
    return { total, counts: [...sums.values()].toSorted(largestFirst), asOf };
  }

  /** Returns the largest segments. Sessions without their own segment are in none. */
  async segmentSizes(
    tenant: string,
    limit: number,
  ): Promise<{ readonly items: readonly SegmentSize[]; readonly total: number }> {
    const { counts } = await this.count(tenant, ['segment']);
    const all = counts.flatMap(({ segment, sessions }) =>
      segment === undefined ? [] : [{ segmentToken: segment, sessions }],
    );
    const items = all.slice(0, limit).map((one) => ({ ...one, conditions: decodeSegment(one.segmentToken) }));
    return { items, total: all.length };
  }

  private async counted(tenant: string): Promise<Counted> {
    const known = await this.kept.get(tenant);
    if (known && this.clock.now() < secondsAfter(known.asOf, SECONDS_KEPT)) return known;
    const counting = this.countNow(tenant);
    this.kept.set(tenant, counting);
    counting.catch(() => this.kept.delete(tenant));
    return counting;
  }

  private async countNow(tenant: string): Promise<Counted> {
    const asOf = this.clock.now();
    return { groups: await this.directory.count(tenant), asOf };
  }
}

function partsOf(
  facets: SessionFacets,
  by: readonly CountedBy[],
  tokenOf: (facets: SessionFacets) => string | undefined,
): { readonly [K in CountedBy]?: string } {
  const { siteCode, currency } = facets.hasContext ? facets.values : {};
  const all = {
    kind: facets.kind,
    siteCode,
    currency,
    segment: by.includes('segment') ? tokenOf(facets) : undefined,
  };
  return Object.fromEntries(
    by.flatMap((name) => {
      const value = all[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const largestFirst = (a: SessionCount, b: SessionCount): number => b.sessions - a.sessions;
