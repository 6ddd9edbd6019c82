import { DomainError } from '../shared/domain-error.js';

/** The session does not exist, has ended, is dormant or has no context yet. All four get the same answer (W-25). */
export class SessionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(sessionId: string) {
    super('Session not found');
    this.details = { sessionId };
  }
}
