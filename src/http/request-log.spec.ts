import fastify from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { watchRequests } from './request-log.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('The log line of a request', () => {
  async function lineOf(remoteAddress: string, traceparent: string): Promise<Record<string, unknown>> {
    const lines: string[] = [];
    const app = fastify();
    watchRequests(app, {
      pino: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      metrics: { requests: { observe: () => undefined } },
      config: { NODE_ENV: 'production', TRUSTED_PROXIES: ['10.0.0.0/8'] },
      accountOf: () => undefined,
    });
    app.get('/', () => 'ok');
    await app.inject({ url: '/', remoteAddress, headers: { traceparent } });
    await app.close();
    return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
  }

  it('has the trace and the span that a trusted proxy sent', async () => {
    const line = await lineOf('10.1.2.3', `00-${TRACE}-${SPAN}-01`);
    expect(line).toMatchObject({ msg: 'request', trace_id: TRACE, span_id: SPAN });
  });

  it.each([
    ['comes from nobody trusted', '192.0.2.1', `00-${TRACE}-${SPAN}-01`],
    ['has a trace of zeros', '10.1.2.3', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['has a span of zeros', '10.1.2.3', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['is malformed', '10.1.2.3', `00-${TRACE}-"},{-01`],
  ])('has neither if traceparent %s', async (_why, address, traceparent) => {
    const line = await lineOf(address, traceparent);
    expect(line).toMatchObject({ msg: 'request' });
    expect(line).not.toHaveProperty('trace_id');
    expect(line).not.toHaveProperty('span_id');
  });
});
