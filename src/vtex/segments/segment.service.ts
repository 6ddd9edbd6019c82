import { Injectable } from '@nestjs/common';
import { SEGMENT_COOKIE, SESSION_COOKIE } from '../sessions/caller-reader.js';
import type { VtexCaller } from '../sessions/vtex-caller.js';
import { segmentIn, VtexSessionService, type VtexTokens } from '../sessions/vtex-session.service.js';
import { decodeFirstSegment, overruled, type Segment } from './segment-codec.rules.js';

export interface ToldSegment {
  readonly segment: Segment;
  /** As of a read session. */
  readonly renewed?: VtexTokens;
}

@Injectable()
export class SegmentService {
  constructor(private readonly sessions: VtexSessionService) {}

  /**
   * Of the caller's session; a caller with a segment cookie only is told what that one says.
   * @throws Unauthenticated - the session has ended, or neither cookie came; InvalidInput - the segment cookie is not ours
   */
  async of(caller: VtexCaller, query: unknown): Promise<ToldSegment> {
    const tokens = caller.cookies.get(SEGMENT_COOKIE) ?? [];
    const alone = caller.claims.length === 0 && !caller.cookies.has(SESSION_COOKIE) && tokens.length > 0;
    if (alone) return { segment: overruled(decodeFirstSegment(tokens), query) };
    const read = await this.sessions.read(caller);
    return {
      segment: overruled(segmentIn(read), query),
      ...(read.renewed && { renewed: read.renewed }),
    };
  }
}
