import type { LoggedEvent } from '../events/event.types.js';

/** Why a stream ended. After `resume` and `stopping`, the reader may come again with the same token. */
export type EndReason = 'session-ended' | 'token-ended' | 'resume' | 'stopping';

/** The reader of a stream, as of the last check. */
export interface Reader {
  /** The cart of the reader's session. Only streams of shoppers have one. */
  readonly cartId?: string;
}

/** Chooses the events of one stream. */
export type Choice = (logged: LoggedEvent, reader: Reader) => boolean;

/** What a reader asks for. */
export interface Subscription {
  readonly tenant: string;
  /** The session that the stream belongs to. Absent for streams of employees. */
  readonly sessionId?: string;
  readonly expiresAt: Date;
  readonly lastEventId?: string;
  /** Is aborted when the response is closed, by either side. */
  readonly gone: AbortSignal;
  readonly chooses: Choice;
  /** Asks again whether the token still opens the stream. @throws Unauthenticated, Forbidden */
  readonly check: () => Promise<Reader>;
  /**
   * Given events that were read after the check failed: those that the reader may still see, and why the stream ends.
   */
  readonly lastWords: (events: readonly LoggedEvent[]) => LastWords | undefined;
}

export interface LastWords {
  readonly events: readonly LoggedEvent[];
  readonly reason: EndReason;
}

/** How many streams there are: all of them, and those of employees of one tenant. */
export interface EmployeeCounts {
  readonly all: number;
  readonly ofTenant: number;
}

/** How many streams there are: all of them, those of shoppers, of one session, and of shoppers at one address. */
export interface StreamCounts {
  readonly all: number;
  readonly ofShoppers: number;
  readonly ofSession: number;
  readonly ofAddress: number;
}
