import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RefusalKind } from '../http/errors/error.filter.js';
import type { SessionMeter } from '../session/index.js';
import type { EventMeter } from '../shared/event-meter.js';
import type { TransformMeter } from '../vtex/index.js';
import { shareMetrics } from '../workers/worker-metrics.js';
import { FewTenants } from './few-tenants.js';
import { RouteDurations } from './route-durations.js';
import { StoreOperations } from './store-operations.js';

/** What `GET /metrics` returns. Labels are route templates and kinds, never ids or tokens. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly fewTenants = new FewTenants();

  readonly requests = new RouteDurations(
    'onesession_http_request_duration_seconds',
    'Duration of requests in seconds, by route template',
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );

  readonly storeOperations = new StoreOperations(this.registry);

  private readonly refusals = new Counter({
    name: 'onesession_refusals_total',
    help: 'Refused requests, by the kind of the refusal',
    labelNames: ['kind'],
    registers: [this.registry],
  });

  private readonly logins = new Counter({
    name: 'onesession_logins_total',
    help: "Sessions that began (anonymous, vtex) or became a customer's (customer)",
    labelNames: ['kind'],
    registers: [this.registry],
  });

  private readonly tenantLogins = new Counter({
    name: 'onesession_tenant_logins_total',
    help: 'Logins by tenant; beyond 50 tenants, the others share the label `other_`',
    labelNames: ['tenant'],
    registers: [this.registry],
  });

  private readonly refreshes = new Counter({
    name: 'onesession_refreshes_total',
    help: 'Refresh tokens that were presented, by what came of it',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly transformRounds = new Histogram({
    name: 'onesession_transform_rounds',
    help: 'Rounds of session apps in a change of a session',
    buckets: [1, 2, 3, 5, 10],
    registers: [this.registry],
  });

  private readonly transformSeconds = new Histogram({
    name: 'onesession_transform_duration_seconds',
    help: 'Time that the session apps of a change took, in seconds',
    buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  private readonly eventLag = new Gauge({
    name: 'onesession_event_lag_seconds',
    help: 'Age of the oldest event that has not been handed to all its subscribers, in seconds',
    aggregator: 'max',
    registers: [this.registry],
  });

  private readonly webhookDeliveries = new Counter({
    name: 'onesession_webhook_deliveries_total',
    help: 'Attempts to deliver an event to a webhook, by outcome',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  /** For the filter of errors. */
  readonly refused = (kind: RefusalKind): void => this.refusals.inc({ kind });

  readonly sessionMeter: SessionMeter = {
    login: (tenant, kind) => {
      this.logins.inc({ kind });
      this.tenantLogins.inc({ tenant: this.fewTenants.labelOf(tenant) });
    },
    refresh: (outcome) => this.refreshes.inc({ outcome }),
  };

  readonly transformMeter: TransformMeter = {
    cycle: (rounds, milliseconds) => {
      this.transformRounds.observe(rounds);
      this.transformSeconds.observe(milliseconds / 1000);
    },
  };

  readonly eventMeter: EventMeter = {
    lag: (seconds) => this.eventLag.set(seconds),
    delivery: (outcome) => this.webhookDeliveries.inc({ outcome }),
  };

  readonly swept = new Counter({
    name: 'onesession_swept_records_total',
    help: 'Records deleted because they had expired',
    registers: [this.registry],
  });

  readonly loginCartFailures = new Counter({
    name: 'onesession_login_cart_failures_total',
    help: 'Carts that could not be handed to their customer at login as the tenant configured',
    registers: [this.registry],
  });

  readonly appFailures = new Counter({
    name: 'onesession_session_app_failures_total',
    help: 'Failed calls of session apps, by app and reason',
    labelNames: ['app', 'kind'],
    registers: [this.registry],
  });

  readonly mails = new Counter({
    name: 'onesession_mails_total',
    help: 'Attempts to send a mail, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });

  readonly liveStreams = new Gauge({
    name: 'onesession_live_streams',
    help: 'Live streams of events that are open',
    registers: [this.registry],
  });

  readonly appTroubles = new Counter({
    name: 'onesession_session_app_troubles_total',
    help: 'Changes of sessions in which apps looped or wrote the same value at the same time',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor() {
    // A counter that begins with its first event hides that event from `increase()`, and so from an alert.
    for (const kind of ['fault', 'unavailable', 'rate-limited']) this.refusals.inc({ kind }, 0);
    this.refreshes.inc({ outcome: 'reused' }, 0);
    this.webhookDeliveries.inc({ outcome: 'given-up' }, 0);
    this.registry.registerMetric(this.requests.asMetric());
    collectDefaultMetrics({ register: this.registry });
    shareMetrics(this.registry);
  }
}
