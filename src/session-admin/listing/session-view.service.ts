import { Injectable } from '@nestjs/common';
import { type CalculatedCart, CartCalculator } from '../../cart/index.js';
import { type SessionKey, SessionNotFound, SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { ExplainService, type Explanation } from '../../vtex/index.js';
import { type ListedSession, SessionListService } from './session-list.service.js';
import { SessionSegments } from './session-segments.service.js';

export interface ViewedSession extends ListedSession {
  readonly explanation: Explanation;
  readonly segment?: string;
  readonly cart?: CalculatedCart;
}

/** Shows one session to employees, with everything that tells why it is as it is. */
@Injectable()
export class SessionViewService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly lists: SessionListService,
    private readonly explanations: ExplainService,
    private readonly segments: SessionSegments,
    private readonly calculator: CartCalculator,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionNotFound */
  async read(key: SessionKey): Promise<ViewedSession> {
    const session = await this.sessions.find(key, this.clock.now());
    if (!session) throw new SessionNotFound(key.sessionId);
    const [[listed = { session }], explanation, segment] = await Promise.all([
      this.lists.withCustomers(key.tenant, [session]),
      this.explanations.of(session),
      this.segments.of(session),
    ]);
    const cart = explanation.cart && (await this.calculator.calculate(explanation.cart));
    return { ...listed, explanation, ...(segment !== undefined && { segment }), ...(cart && { cart }) };
  }
}
