import { type MockInstance, vi } from 'vitest';
import type { StoredSessions } from '../../../src/session/session.repository.js';

/** A store that holds every look-up of a session until it is told to answer. */
export class HeldFinds {
  private answer = (_session: undefined): void => undefined;

  private constructor(private readonly find: MockInstance<StoredSessions['find']>) {
    find.mockReturnValue(new Promise((resolve) => (this.answer = resolve)));
  }

  static of(sessions: StoredSessions): HeldFinds {
    return new HeldFinds(vi.spyOn(sessions, 'find'));
  }

  get count(): number {
    return this.find.mock.calls.length;
  }

  /** Tells the held callers that there is no session. Later look-ups are answered as usual. */
  release(): void {
    this.find.mockRestore();
    this.answer(undefined);
  }
}
