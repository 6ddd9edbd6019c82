import type { SessionMeter } from '../../src/session/index.js';

/** For tests that build services by hand. */
export const silentMeter: SessionMeter = { login: () => undefined, refresh: () => undefined };
