import { Logger } from '@nestjs/common';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Config } from '../../config/config.schema.js';

type Settings = Pick<
  Config,
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_PROTOCOL'
  | 'OTEL_EXPORTER_OTLP_HEADERS'
  | 'OTEL_EXPORTER_OTLP_TIMEOUT'
>;

const QUIET_MS = 60_000;
type Done = Parameters<SpanExporter['export']>[1];

export function exporterFor(config: Settings): SpanExporter {
  const options = {
    url: addressIn(config),
    headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    timeoutMillis: config.OTEL_EXPORTER_OTLP_TIMEOUT,
  };
  const isJson = config.OTEL_EXPORTER_OTLP_PROTOCOL === 'http/json';
  return new ToldExporter(isJson ? new JsonExporter(options) : new ProtobufExporter(options));
}

/** OTLP specification, "Endpoint URLs for OTLP/HTTP". */
function addressIn({
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces,
  OTEL_EXPORTER_OTLP_ENDPOINT: base = 'http://localhost:4318',
}: Settings): string {
  return traces ?? `${base.replace(/\/+$/, '')}/v1/traces`;
}

/** Logs that spans were lost, at most once a minute. The SDK itself says nothing. */
class ToldExporter implements SpanExporter {
  private readonly log = new Logger('Tracing');
  private quietUntil = 0;
  private lost = 0;

  constructor(private readonly exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.exporter.export(spans, (result) => {
      if (result.code !== 0) this.tell(spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private tell(count: number, error: Error | undefined): void {
    this.lost += count;
    if (performance.now() < this.quietUntil) return;
    this.quietUntil = performance.now() + QUIET_MS;
    // The body of an answer is not logged: it comes from outside.
    this.log.warn({ lost: this.lost, reason: reasonOf(error) }, 'spans could not be sent to the collector');
    this.lost = 0;
  }
}

function reasonOf(error: Error | undefined): string {
  if (error === undefined) return 'unknown';
  if ('code' in error && error.code !== undefined)
    return `${error.message || error.name} (${String(error.code)})`;
  return error.message || error.name;
}
