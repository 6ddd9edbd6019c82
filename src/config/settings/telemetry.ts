import { z } from 'zod';
import { wholeNumber } from './values.ts';

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** `name=value,name=value`, values percent-encoded (OpenTelemetry's form of W3C Baggage). */
const pairs = z
  .string()
  .refine(
    (list) => list.split(',').every(isPair),
    'must be pairs such as name=value, separated by commas; other characters in a value are percent-encoded',
  )
  .transform((list) => Object.fromEntries(list.split(',').map(pairOf)));

function isPair(pair: string): boolean {
  try {
    return pair.includes('=') && pairOf(pair)[0] !== '';
  } catch {
    return false;
  }
}

/** @throws URIError */
function pairOf(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
}

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/**
 * Logs and traces. For traces, names and defaults are those of OpenTelemetry's specification, so that one environment
 * suits all services.
 */
export const telemetrySettings = {
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Lowest level of the JSON lines on standard output.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address
    .optional()
    .describe(
      'Base address of an OpenTelemetry collector, such as `http://collector:4318`. If set, traces are sent to `/v1/traces` there. ' +
        'If neither this nor the next two settings are set, tracing is off and costs nothing.',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address
    .optional()
    .describe('Whole address that traces are sent to, if it is not below OTEL_EXPORTER_OTLP_ENDPOINT.'),
  OTEL_TRACES_EXPORTER: z
    .enum(['otlp', 'none'])
    .optional()
    .describe(
      '`otlp` sends traces even if no address is set, to `http://localhost:4318/v1/traces`. `none` sends none.',
    ),
  OTEL_SDK_DISABLED: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true` turns tracing off, whatever else is set.'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(['http/protobuf', 'http/json'], 'must be http/protobuf or http/json; gRPC is not supported')
    .default('http/protobuf')
    .describe('Encoding of the traces that are sent.'),
  OTEL_EXPORTER_OTLP_HEADERS: pairs
    .optional()
    .describe(
      'Headers of the requests to the collector, such as `authorization=Bearer%20abc`. Treat it as a secret.',
    ),
  OTEL_EXPORTER_OTLP_TIMEOUT: wholeNumber(1, 60_000)
    .default(10_000)
    .describe('How long one request to the collector may take, in milliseconds.'),
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1, 60_000)
    .default(5_000)
    .describe('How long finished spans wait for others before they are sent together, in milliseconds.'),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the service in traces. Default: `onesession`.'),
  OTEL_RESOURCE_ATTRIBUTES: pairs
    .optional()
    .describe(
      'Attributes of the service in traces, such as `deployment.environment.name=production`. ' +
        'OTEL_SERVICE_NAME takes precedence over `service.name`.',
    ),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default('parentbased_always_on')
    .describe(
      'Which traces are recorded. With `parentbased_…`, a trusted proxy that sends `traceparent` decides for its requests.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of traces that `traceidratio` and `parentbased_traceidratio` record, from 0 to 1.'),
};
