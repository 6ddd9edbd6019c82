import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import * as otel from '@opentelemetry/api';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Config } from '../../config/config.schema.js';
import {
  type RemoteParent,
  type Span,
  type SpanStart,
  type TraceFields,
  Tracing,
} from '../../shared/tracing.js';
import { VERSION } from '../../shared/version.js';
import { exporterFor } from './exporter.js';
import { OtelSpan } from './otel-span.js';
import { resourceOf } from './resource.js';
import { samplerFor } from './sampler.js';
import { SpanClock } from './span-clock.js';

/** How long a stop waits for a collector. An orchestrator's grace should be this much longer than ours. */
const LONGEST_FLUSH_MS = 2_000;

const KINDS = {
  server: otel.SpanKind.SERVER,
  client: otel.SpanKind.CLIENT,
  internal: otel.SpanKind.INTERNAL,
} as const satisfies Record<SpanStart['kind'], otel.SpanKind>;

export const otelTracing = (config: Config): Tracing => new OtelTracing(config, exporterFor(config));

/**
 * Traces with OpenTelemetry's SDK. Nothing is registered globally, and no library is patched: in the bundle there are no
 * modules to patch (decision 0057).
 */
class OtelTracing extends Tracing {
  override readonly isOn = true;
  private readonly spans = new AsyncLocalStorage<OtelSpan>();
  private readonly provider: TracerProvider;
  private readonly tracer: otel.Tracer;

  constructor(config: Config, exporter: SpanExporter) {
    super();
    this.provider = new TracerProvider({
      resource: resourceOf(config),
      sampler: samplerFor(config),
      // Holds 2048 spans. While the collector is away, further ones are dropped.
      spanProcessors: [
        new BatchSpanProcessor({ exporter, scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY }),
      ],
    });
    this.tracer = this.provider.getTracer('onesession', VERSION);
  }

  override get current(): TraceFields | undefined {
    const span = this.spans.getStore();
    return span?.hasEnded === false ? span.ids : undefined;
  }

  override begin(start: SpanStart, parent?: RemoteParent): Span {
    return this.open(start, new SpanClock(), parent ? contextOf(parent) : otel.ROOT_CONTEXT);
  }

  override child(start: SpanStart): Span | undefined {
    const current = this.spans.getStore();
    // False also after its end.
    if (current?.span.isRecording() !== true) return undefined;
    return this.open(start, current.clock, otel.trace.setSpan(otel.ROOT_CONTEXT, current.span));
  }

  override async close(): Promise<void> {
    const sent = this.provider.shutdown().catch(() => undefined);
    await Promise.race([sent, pause(LONGEST_FLUSH_MS, undefined, { ref: false })]);
  }

  private open({ kind, name, facts }: SpanStart, clock: SpanClock, context: otel.Context): Span {
    const options = { kind: KINDS[kind], attributes: { ...facts }, startTime: clock.now() };
    return new OtelSpan(this.tracer.startSpan(name, options, context), clock, this.spans);
  }
}

const contextOf = ({ trace_id, span_id, sampled }: RemoteParent): otel.Context =>
  otel.trace.setSpanContext(otel.ROOT_CONTEXT, {
    traceId: trace_id,
    spanId: span_id,
    traceFlags: sampled ? otel.TraceFlags.SAMPLED : otel.TraceFlags.NONE,
    isRemote: true,
  });
