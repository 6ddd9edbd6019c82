import { Injectable } from '@nestjs/common';
import { SEGMENT_COOKIE } from '../caller/caller-reader.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { segmentIn, VtexSessionService, type VtexTokens } from '../sessions/vtex-session.service.js';
import { decodeFirstSegment, overruled, type Segment, segmentOf } from '../values/segment-codec.rules.js';
import { SessionFactsService } from '../values/session-facts.service.js';
import { plainValues, shownValues } from '../values/session-values.rules.js';

export interface ToldSegment {
  readonly segment: Segment;
  /** New tokens, as for a session that was read. */
  readonly renewed?: VtexTokens;
}

@Injectable()
export class SegmentService {
  constructor(
    private readonly sessions: VtexSessionService,
    private readonly bases: SessionFactsService,
  ) {}

  /**
   * Returns the segment of the caller's session. A caller who has only a segment cookie gets what that cookie says. A
   * caller who has neither cookie gets what a new session would have (F-57).
   * @throws Unauthenticated - the session has ended
   * @throws InvalidInput - the segment cookie can't be read
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
