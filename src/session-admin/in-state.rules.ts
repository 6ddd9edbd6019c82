import { stateOf } from '../session/tokens/lifetime.rules.js';
import type { Session } from '../session/session.types.js';
import type { InState } from './session-directory.repository.js';

/** @param wanted undefined keeps all sessions, gone ones too */
export const inState = (sessions: readonly Session[], wanted: InState | undefined): readonly Session[] =>
  wanted ? sessions.filter((session) => stateOf(session, wanted.now) === wanted.state) : sessions;
