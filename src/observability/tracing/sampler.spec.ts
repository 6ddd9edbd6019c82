import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../config/config.schema.js';
import { samplerFor } from './sampler.js';

const TRACE = 'f'.repeat(32);

/** @param parent whether the caller records its own span */
function records(name: Config['OTEL_TRACES_SAMPLER'], share: number, parent?: boolean): boolean {
  const context =
    parent === undefined
      ? ROOT_CONTEXT
      : trace.setSpanContext(ROOT_CONTEXT, {
          traceId: TRACE,
          spanId: 'f'.repeat(16),
          traceFlags: parent ? TraceFlags.SAMPLED : TraceFlags.NONE,
          isRemote: true,
        });
  const sampler = samplerFor({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: share });
  const { decision } = sampler.shouldSample(context, TRACE, 'GET /', SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

describe('The sampler', () => {
  it.each([
    ['always_on', 0, { alone: true, told: true, toldNot: true }],
    ['always_off', 1, { alone: false, told: false, toldNot: false }],
    ['traceidratio', 0, { alone: false, told: false, toldNot: false }],
    ['traceidratio', 1, { alone: true, told: true, toldNot: true }],
    ['parentbased_always_on', 0, { alone: true, told: true, toldNot: false }],
    ['parentbased_always_off', 1, { alone: false, told: true, toldNot: false }],
    ['parentbased_traceidratio', 0, { alone: false, told: true, toldNot: false }],
    ['parentbased_traceidratio', 1, { alone: true, told: true, toldNot: false }],
  ] as const)('%s with %d records what it should', (name, share, expected) => {
    expect({
      alone: records(name, share),
      told: records(name, share, true),
      toldNot: records(name, share, false),
    }).toEqual(expected);
  });
});
