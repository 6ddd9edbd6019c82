import { Injectable } from '@nestjs/common';
import { SEGMENT_COOKIE } from '../caller/caller-reader.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { segmentIn, VtexSessionService, type VtexTokens } from '../sessions/vtex-session.service.js';
import { decodeFirstSegment, overruled, type Segment, segmentOf } from '../values/segment-codec.rules.js';
import { SessionFactsService } from '../values/session-facts.service.js';
import { plainValues, shownValues } from '../values/session-values.rules.js';

export interface ToldSegment {
  readonly segment: Segment;
  /** As of a read session. */
  readonly renewed?: VtexTokens;
}

@Injectable()
export class SegmentService {
  constructor(
    private readonly sessions: VtexSessionService,
    private readonly bases: SessionFactsService,
  ) {}

  /**
   * Of the caller's session. A caller with a segment cookie only is told what that one says, and one with neither cookie
   * what a session would that has just begun (F-57).
   * @throws Unauthenticated - the session has ended; InvalidInput - the segment cookie can't be read
   */
  async of(caller: VtexCaller, query: unknown): Promise<ToldSegment> {
    if (caller.claims.length === 0 && !caller.cookies.has(caller.sessionCookie)) {
      return { segment: overruled(await this.withoutSession(caller), query) };
    }
    const read = await this.sessions.read(caller);
    return {
      segment: overruled(segmentIn(read), query),
      ...(read.renewed && { renewed: read.renewed }),
    };
  }

  private async withoutSession({ tenant, cookies }: VtexCaller): Promise<Segment> {
    const tokens = cookies.get(SEGMENT_COOKIE);
    if (tokens) return decodeFirstSegment(tokens);
    const basis = await this.bases.of({ tenant, asked: {} });
    return segmentOf(plainValues(shownValues({ tenant }, basis)));
  }
}
