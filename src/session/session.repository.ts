import type { EndCause, StoredEvent } from '../events/event.types.js';
import type { ChangedBy, FieldChange, Session, SessionKey } from './session.types.js';

/** What a change decided: the record to write, and the result for the caller. */
export interface Step<R> {
  /** Return the given record itself to write nothing. */
  readonly next: Session;
  readonly result: R;
  /** Who changed the context. Absent: the sources of the new values tell. Adapters ignore it. */
  readonly by?: ChangedBy;
  /** Changes outside the context that the history tells of, such as lines of the cart. Needs `by`. Adapters ignore it. */
  readonly noted?: readonly FieldChange[];
  /** True if a used refresh token was presented again, and the session goes on. Adapters ignore it. */
  readonly reused?: true;
}

/** A step with the events that tell of it. */
export interface ToldStep<R> extends Step<R> {
  /** Written together with the record. Absent: nobody wants events of this tenant. */
  readonly events?: readonly StoredEvent[];
}

/** Part of a search. */
export interface FoundIds {
  readonly ids: readonly string[];
  /** Where the search goes on. Absent at the end. */
  readonly next?: string;
}

/**
 * Stores sessions, each with its context. The class is also the injection token. An adapter must pass
 * `test/contracts/session.contract.ts`; nothing else is promised. A write is durable once its call returns. A call that
 * threw `StoreUnavailable` may or may not have written, and is safe to repeat.
 */
export abstract class SessionRepository {
  /**
   * @returns undefined from `goneAt` on, whether or not the store has removed the record (MongoDB's TTL pass runs every
   * 60 s)
   */
  abstract find(key: SessionKey, now: Date): Promise<Session | undefined>;

  /**
   * @param by who made the context, if the session begins with one; adapters ignore it
   * @returns false if a session that is not gone has this id; of two concurrent calls, one wins
   */
  abstract create(session: Session, now: Date, by?: ChangedBy): Promise<boolean>;

  /**
   * Reads, decides and writes one record in one atomic step, and increases `revision` by one. `decide` must be pure,
   * because it runs again if another writer was faster. If it throws, nothing is written and the error is passed on.
   * @param key a session that `find` returned may save the read. The decision is still made on what is stored.
   * @returns undefined if there is no such session, as with `find`
   */
  abstract change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined>;

  /** Returns the ids of all sessions of a customer, on every device. */
  abstract idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]>;

  /**
   * Returns the ids of all sessions that hold an access token of the customer from a cookie, those of other customers and
   * guests included. What apps wrote into them is about this customer.
   */
  abstract idsProvenBy(tenant: string, customerId: string): Promise<readonly string[]>;

  /**
   * Searches the sessions of a tenant for those that began earlier than a time, dormant ones included. The order is
   * arbitrary but always the same, so that a search can go on where it stopped, whatever was removed meanwhile.
   * @param limit how many sessions to look at
   * @param after `next` of the previous call
   */
  abstract idsBegunBefore(
    tenant: string,
    begun: { readonly createdBefore: Date; readonly kind?: Session['kind'] },
    limit: number,
    after?: string,
  ): Promise<FoundIds>;

  /** Counts the sessions of each of these customers. A customer without a session may be left out. */
  abstract countsOfCustomers(
    tenant: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;

  /** Deletes the session. A concurrent `change` either comes first or finds nothing. */
  abstract remove(key: SessionKey, cause: EndCause): Promise<void>;
}

/**
 * The same port as a store offers it, without a history and with room for events. Only `history/` and `events/` use it;
 * everything else injects `SessionRepository`, so that no change can bypass them. An adapter must also pass
 * `test/contracts/session-events.contract.ts`.
 */
export abstract class StoredSessions extends SessionRepository {
  /** @param events written together with the record; absent if nobody wants events of this tenant */
  abstract override create(
    session: Session,
    now: Date,
    by?: ChangedBy,
    events?: readonly StoredEvent[],
  ): Promise<boolean>;

  abstract override change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => ToldStep<R>,
  ): Promise<{ readonly result: R } | undefined>;

  /**
   * @param cause adapters ignore it
   * @param tell returns the events that are written together with the deletion; absent if nobody wants any
   */
  abstract override remove(
    key: SessionKey,
    cause?: EndCause,
    tell?: (ended: Session) => readonly StoredEvent[],
  ): Promise<void>;

  /**
   * Has the store ask for the events of each session that it deletes because its time is over, and write them together
   * with the deletion.
   */
  abstract tellOfExpired(tell: (ended: Session) => readonly StoredEvent[]): void;
}
