import { type MockInstance, vi } from 'vitest';
import type { SessionRepository } from '../../src/session/session.repository.js';

/** A store that does not answer who looks for a session, until it is told to. */
export class HeldFinds {
  private answer = (_session: undefined): void => undefined;

  private constructor(private readonly find: MockInstance<SessionRepository['find']>) {
    find.mockReturnValue(new Promise((resolve) => (this.answer = resolve)));
  }

  static of(sessions: SessionRepository): HeldFinds {
    return new HeldFinds(vi.spyOn(sessions, 'find'));
  }

  get count(): number {
    return this.find.mock.calls.length;
  }

  /** Held callers are told that there is no session; others are answered as usual. */
  release(): void {
    this.find.mockRestore();
    this.answer(undefined);
  }
}
