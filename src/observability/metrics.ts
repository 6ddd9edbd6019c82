import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What `GET /metrics` tells. Labels are route templates and kinds, never ids or tokens. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'onesession_http_request_duration_seconds',
    help: 'How long requests took, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  readonly swept = new Counter({
    name: 'onesession_swept_records_total',
    help: 'Records erased because they had ended',
    registers: [this.registry],
  });

  readonly loginCartFailures = new Counter({
    name: 'onesession_login_cart_failures_total',
    help: 'Carts that a login could not bring to its customer as the tenant wants it',
    registers: [this.registry],
  });

  readonly appFailures = new Counter({
    name: 'onesession_session_app_failures_total',
    help: 'Calls of session apps that came to nothing, by app and reason',
    labelNames: ['app', 'kind'],
    registers: [this.registry],
  });

  readonly mails = new Counter({
    name: 'onesession_mails_total',
    help: 'Attempts to send a mail, by its kind and what came of it',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });

  readonly appTroubles = new Counter({
    name: 'onesession_session_app_troubles_total',
    help: 'Changes of sessions in which apps looped, or wrote one value at once',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
