import type { AsyncLocalStorage } from 'node:async_hooks';
import * as otel from '@opentelemetry/api';
import type { Span, SpanFacts, TraceFields } from '../../shared/tracing.js';
import type { SpanClock } from './span-clock.js';

export class OtelSpan implements Span {
  /** Work that a request left behind may still run in its span. */
  hasEnded = false;

  constructor(
    readonly span: otel.Span,
    readonly clock: SpanClock,
    private readonly spans: AsyncLocalStorage<OtelSpan>,
  ) {}

  get ids(): TraceFields {
    const { traceId, spanId } = this.span.spanContext();
    return { trace_id: traceId, span_id: spanId };
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${(traceFlags & otel.TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
  }

  run<T>(work: () => T): T {
    return this.spans.run(this, work);
  }

  add(facts: SpanFacts): void {
    this.span.setAttributes({ ...facts });
  }

  /** The status has no text: messages of errors may quote what was sent. */
  end(failure?: 'failed'): void {
    if (failure) this.span.setStatus({ code: otel.SpanStatusCode.ERROR });
    this.hasEnded = true;
    this.span.end(this.clock.now());
  }
}
