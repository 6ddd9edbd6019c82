import { Injectable } from '@nestjs/common';
import { historyOf, type SessionKey, SessionNotFound, SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { type HistoryPage, pageOf } from './history-page.rules.js';

@Injectable()
export class HistoryService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** @param before see `pageOf` @throws SessionNotFound if the session does not exist or has ended */
  async page(key: SessionKey, before: number | undefined, limit: number): Promise<HistoryPage> {
    const session = await this.sessions.find(key, this.clock.now());
    if (!session) throw new SessionNotFound(key.sessionId);
    return pageOf(historyOf(session), before, limit);
  }
}
