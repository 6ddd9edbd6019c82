/**
 * Who did it.
 * - `service`: a client of the tenant; `id` is its client id
 * - `agent`: the same, where an agent acts with the client's token
 * - `operator`: the operator's client, which manages tenants
 * - `customer`: a customer who used their own token; `id` is the customer's
 * - `anonymous`: an anonymous shopper; `id` is the client id of the storefront
 * - `foreign`: somebody with a token of another tenant; `id` is the name of that tenant
 * - `unknown`: somebody without a valid token
 * - `system`: the service itself
 */
export interface AuditActor {
  readonly kind:
    'service' | 'agent' | 'operator' | 'customer' | 'anonymous' | 'foreign' | 'unknown' | 'system';
  readonly id: string;
}

/** What it was done to. */
export interface AuditTarget {
  /** Such as `session` or `client`. */
  readonly kind: string;
  /** `*` for all of its kind, `erased` once its person was erased; see `audit.rules.ts` for others. */
  readonly id: string;
}

export const AUDIT_RESULTS = [
  'ok',
  'repeated',
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'rate-limited',
  'failed',
] as const;

export type AuditResult = (typeof AUDIT_RESULTS)[number];

/** One audited action, as it is reported to the recorder. */
export interface AuditEvent {
  readonly tenant: string;
  readonly actor: AuditActor;
  /** Such as `session.read`. */
  readonly action: string;
  readonly target: AuditTarget;
  /** The network of the caller, never the whole address: `203.0.113.0/24`. */
  readonly network?: string;
  /** The reason, as the actor typed it. */
  readonly reason?: string;
  readonly result: AuditResult;
  /** `x-request-id` of the response. */
  readonly requestId: string;
}

/** A line of the audit log. Never changed, except to forget a person. */
export interface AuditLine extends AuditEvent {
  /** Sorts by time; see `LineIds`. */
  readonly id: string;
  readonly at: Date;
  readonly erasedAt: Date;
}

/** Filters for reading the log. A line must meet all of them. */
export interface AuditQuery {
  /** `actor.id` */
  readonly actor?: string;
  readonly action?: string;
  /** `target.id` */
  readonly target?: string;
  readonly result?: AuditResult;
  /** At this moment or later. */
  readonly from?: Date;
  /** Before this moment. */
  readonly to?: Date;
  /** Only lines older than the one with this id. */
  readonly before?: string;
  readonly limit: number;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** Where to continue, as `before`. Absent at the end. A page may have fewer lines than its limit although there are more. */
  readonly next?: string;
}
