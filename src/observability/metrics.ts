import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What `GET /metrics` returns. Labels are route templates and kinds, never ids or tokens. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'onesession_http_request_duration_seconds',
    help: 'Duration of requests in seconds, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

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

  readonly appTroubles = new Counter({
    name: 'onesession_session_app_troubles_total',
    help: 'Changes of sessions in which apps looped or wrote the same value at the same time',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
