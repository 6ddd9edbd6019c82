import { DomainError, Unavailable } from '../shared/domain-error.js';
import { MOST_PER_SESSION } from './live.rules.js';

/** Seconds: long enough for a dropped connection to be noticed. */
const RETRY_SECONDS = '15';

export class TooManyStreams extends DomainError {
  override readonly kind = 'rate-limited';
  override readonly headers = { 'retry-after': RETRY_SECONDS };

  constructor() {
    super(`A session may have ${MOST_PER_SESSION} live streams; close one first`);
  }
}

/** Another instance may have room. */
export class NoRoomForStream extends Unavailable {
  override readonly headers = { 'retry-after': RETRY_SECONDS };
  override readonly logged = true;

  constructor() {
    super('This instance has as many live streams as it may (setting MAX_LIVE_STREAMS); try again');
  }
}

/** The instance is about to stop. */
export class NoMoreStreams extends Unavailable {
  override readonly logged = true;

  constructor() {
    super('This instance is stopping; try again');
  }
}
