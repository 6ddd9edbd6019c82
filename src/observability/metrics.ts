import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { shareMetrics } from '../workers/worker-metrics.js';
import { RouteDurations } from './route-durations.js';

/** What `GET /metrics` returns. Labels are route templates and kinds, never ids or tokens. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new RouteDurations(
    'onesession_http_request_duration_seconds',
    'Duration of requests in seconds, by route template',
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );

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
    this.registry.registerMetric(this.requests.asMetric());
    collectDefaultMetrics({ register: this.registry });
    shareMetrics(this.registry);
  }
}
