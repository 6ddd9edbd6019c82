import type { Session } from './session.types.js';

/**
 * Returns when the session was last written: at its login, a refresh of its tokens, or a change of its context. Reads
 * are not recorded, because each would need a write. A client that is in use refreshes its tokens.
 */
export function lastUsedAt({ createdAt, refreshTokens, context }: Session): Date {
  const known = [createdAt, refreshTokens.current?.issuedAt, context?.modifiedAt];
  return new Date(Math.max(...known.map((time) => time?.getTime() ?? 0)));
}

/** Sorts sessions, the last used first. */
export const newestFirst = (sessions: readonly Session[]): readonly Session[] =>
  sessions.toSorted((a, b) => lastUsedAt(b).getTime() - lastUsedAt(a).getTime());
