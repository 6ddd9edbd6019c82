import type { EventType, StoredEvent } from '../events/event.types.js';

/** A server of a tenant that is posted events. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Names of event types, a prefix such as `onesession.context.*`, or `*`. */
  readonly types: readonly string[];
  /** A text for people to read. */
  readonly description?: string;
  readonly enabled: boolean;
  /** The target answered 410, so the service switched the webhook off. */
  readonly gone?: true;
  /** Newest first. */
  readonly secrets: readonly WebhookSecret[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Grows with each change. */
  readonly version: number;
}

export interface WebhookSecret {
  /** The secret, encrypted with `KEYS_SECRET`. */
  readonly sealed: string;
  /** Until this time it signs beside a newer one. The newest has no end. */
  readonly endsAt?: Date;
}

/** All webhooks of a tenant, in one record, so that their number can be limited. */
export interface TenantWebhooks {
  readonly tenant: string;
  readonly webhooks: readonly Webhook[];
}

/** How far a webhook has read the log, and which instance serves it. */
export interface WebhookCursor {
  readonly tenant: string;
  readonly webhookId: string;
  /** The last position of which deliveries were made. Absent: from the oldest event that the log keeps. */
  readonly position?: string;
  /** The instance that serves the webhook, until `claimedUntil`. */
  readonly claim?: string;
  readonly claimedUntil?: Date;
}

/**
 * - `pending`: not attempted yet
 * - `failed`: the last attempt failed. With `dueAt` there will be another one, without it was given up
 */
export type DeliveryState = 'pending' | 'failed' | 'delivered';

/** One event for one webhook. It is open while it has a `dueAt`. */
export interface Delivery {
  readonly tenant: string;
  /** Made of webhook and event, so that one event is never delivered as two. */
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: EventType;
  readonly subject: string;
  /** The event's place in the tenant's log. */
  readonly position: string;
  /** Absent once it is delivered. */
  readonly event?: StoredEvent;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt?: Date;
  readonly lastAttemptAt?: Date;
  /** Status of the last answer. */
  readonly lastStatus?: number;
  /** Why the last attempt failed. */
  readonly lastError?: DeliveryError;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly erasedAt: Date;
}

export type DeliveryError = 'timeout' | 'unreachable' | 'private-address' | 'status';

/** The result of one attempt. */
export type Attempt =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      readonly error: DeliveryError;
      readonly status?: number;
      /** Seconds that the target asked to wait. */
      readonly retryAfter?: number;
    };
