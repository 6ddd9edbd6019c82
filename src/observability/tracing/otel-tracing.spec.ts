import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../../../test/support/programs/collector.js';
import { readConfig } from '../../config/config.schema.js';
import type { Tracing } from '../../shared/tracing.js';
import { otelTracing } from './otel-tracing.js';

describe('Spans of a trace', () => {
  let collector: Collector;
  let tracing: Tracing;
  beforeEach(async () => {
    collector = await Collector.open();
    tracing = otelTracing(readConfig(collector.env));
  });
  afterEach(() => collector.close());

  it('lie within the span that they are part of, however short they are', async () => {
    for (let i = 0; i < 20; i += 1) {
      const request = tracing.begin({ kind: 'server', name: 'request' });
      await request?.run(async () => {
        await pause(1);
        tracing.child({ kind: 'internal', name: 'operation' })?.end();
      });
      request?.end();
    }
    await tracing.close();
    const named = (name: string) => collector.spans.filter((span) => span.name === name);
    expect(named('operation')).toHaveLength(20);
    for (const { parentSpanId, startTimeUnixNano, endTimeUnixNano } of named('operation')) {
      const parent = named('request').find(({ spanId }) => spanId === parentSpanId);
      const times = [parent?.startTimeUnixNano, startTimeUnixNano, endTimeUnixNano, parent?.endTimeUnixNano];
      expect(times.map(Number)).toEqual(times.map(Number).toSorted((a, b) => a - b));
    }
  });
});
