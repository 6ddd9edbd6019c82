import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.schema.js';

describe('The settings of tracing', () => {
  it('are read in the form that OpenTelemetry gives them', () => {
    const config = readConfig({
      OTEL_RESOURCE_ATTRIBUTES: ' deployment.environment.name = a%20b%2Cc , team=shop=1',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    });
    expect(config.OTEL_RESOURCE_ATTRIBUTES).toEqual({
      'deployment.environment.name': 'a b,c',
      team: 'shop=1',
    });
    expect(config.OTEL_EXPORTER_OTLP_HEADERS).toEqual({ authorization: 'Bearer abc' });
    expect(config.OTEL_TRACES_SAMPLER_ARG).toBe(0.25);
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'must be an http or https address'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'must be http/protobuf or http/json; gRPC is not supported'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization', 'must be pairs such as name=value'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=%', 'must be pairs such as name=value'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=b', 'must be pairs such as name=value'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote', 'must be one of'],
    ['OTEL_TRACES_SAMPLER_ARG', '2', 'must be at most 1'],
  ])('are refused at start if %s is %s [F-40]', (name, value, reason) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`- ${name}.*: ${reason}`));
  });
});
