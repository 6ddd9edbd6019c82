import type { Config } from '../../config/config.schema.js';
import { NO_TRACING, type Tracing } from '../../shared/tracing.js';

/** @returns the tracing that the configuration asks for. Its libraries are loaded only if it is on. */
export async function openTracing(config: Config): Promise<Tracing> {
  if (!isOn(config)) return NO_TRACING;
  const { otelTracing } = await import('./otel-tracing.js');
  return otelTracing(config);
}

function isOn(config: Config): boolean {
  if (config.OTEL_SDK_DISABLED === 'true' || config.OTEL_TRACES_EXPORTER === 'none') return false;
  return (
    config.OTEL_TRACES_EXPORTER === 'otlp' ||
    config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
  );
}
