import { Injectable } from '@nestjs/common';
import { SEGMENT_COOKIE, SESSION_COOKIE } from '../sessions/caller-reader.js';
import type { VtexCaller } from '../sessions/vtex-caller.js';
import { VtexSessionService } from '../sessions/vtex-session.service.js';
import { decodeSegment, overruled, type Segment } from './segment-codec.rules.js';

@Injectable()
export class SegmentService {
  constructor(private readonly sessions: VtexSessionService) {}

  /**
   * Of the caller's session; whoever has a segment cookie only is told what that one says.
   * @throws Unauthenticated - the session is no more, or neither cookie came; InvalidInput - the segment cookie is not ours
   */
  async of(caller: VtexCaller, query: unknown): Promise<Segment> {
    const token = caller.cookies.get(SEGMENT_COOKIE);
    const alone = !caller.key && !caller.cookies.has(SESSION_COOKIE) && token !== undefined;
    const segment = alone ? decodeSegment(token) : await this.sessions.segment(caller);
    return overruled(segment, query);
  }
}
