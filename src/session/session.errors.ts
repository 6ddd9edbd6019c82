import { DomainError } from '../shared/domain-error.js';

/** No session of that id, or it ended, or it is dormant, or it has no context yet: one answer (W-25). */
export class SessionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(sessionId: string) {
    super('Session not found');
    this.details = { sessionId };
  }
}
