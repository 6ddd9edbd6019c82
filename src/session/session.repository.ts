import type { Session, SessionKey } from './session.types.js';

/** What a change decided: the record to write, and what to tell the caller of it. */
export interface Step<R> {
  /** Returning the given record writes nothing. */
  readonly next: Session;
  readonly result: R;
}

/**
 * Where sessions are kept, each with its context. The class is also the injection token. An adapter must pass
 * `test/contracts/session.contract.ts`: what is not tested there is not promised. A call that returned is
 * durable; a call that threw `StoreUnavailable` may or may not have been written, and is safe to repeat.
 */
export abstract class SessionRepository {
  /** @returns undefined from `goneAt` on, swept or not (MongoDB's TTL pass runs every 60 s). */
  abstract find(key: SessionKey, now: Date): Promise<Session | undefined>;

  /** @returns false when the id is taken by a session that is not gone: of two concurrent calls, one wins. */
  abstract create(session: Session, now: Date): Promise<boolean>;

  /**
   * One atomic read, decision and write of one record; `revision` grows by one. `decide` may be called again
   * when another writer was faster, so it must be pure; what it throws is thrown here, nothing is written.
   * @param key the session itself, as `find` gave it, may save the read: what is refused, or written, is decided on
   *   what is stored all the same
   * @returns undefined when there is no such session, as `find`
   */
  abstract change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined>;

  /** The ids of a customer's sessions, those of other devices included. */
  abstract idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]>;

  /** Erases it. A concurrent `change` comes before it or finds nothing. */
  abstract remove(key: SessionKey): Promise<void>;
}
