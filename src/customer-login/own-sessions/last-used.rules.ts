import type { Session } from '../../session/session.types.js';

/**
 * When the session was last written: at its login, a refresh of its tokens, or a change of its context. Reads are not
 * recorded, since that would be a write for each; a client in use refreshes its tokens.
 */
export function lastUsedAt({ createdAt, refreshTokens, context }: Session): Date {
  const known = [createdAt, refreshTokens.current?.issuedAt, context?.modifiedAt];
  return new Date(Math.max(...known.map((time) => time?.getTime() ?? 0)));
}

/** The last used first. */
export const newestFirst = (sessions: readonly Session[]): readonly Session[] =>
  sessions.toSorted((a, b) => lastUsedAt(b).getTime() - lastUsedAt(a).getTime());
