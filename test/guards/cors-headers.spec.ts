import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPEN_CORS, preflightHeaders } from '../../src/http/edge/cors-headers.js';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses?: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
}

const { paths } = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const OPERATIONS = Object.values(paths).flatMap((path) => Object.values(path));

const namesIn = (list = ''): ReadonlySet<string> => new Set(list.split(', '));
const missing = (names: Iterable<string>, list: ReadonlySet<string>): readonly string[] =>
  [...new Set(names)].filter((name) => !list.has(name.toLowerCase())).toSorted();

describe('A page of another origin', () => {
  it('may send every header that the description names [C-11]', () => {
    const read = OPERATIONS.flatMap(({ parameters = [] }) => parameters)
      .filter((parameter) => parameter.in === 'header')
      .map(({ name }) => name);
    expect(read.length).toBeGreaterThan(50);
    expect(missing(read, namesIn(preflightHeaders()['access-control-allow-headers']))).toEqual([]);
  });

  it('may read every header that the description names [C-11]', () => {
    const sent = OPERATIONS.flatMap(({ responses = {} }) => Object.values(responses)).flatMap(
      ({ headers = {} }) => Object.keys(headers),
    );
    expect(sent.length).toBeGreaterThan(50);
    expect(missing(sent, namesIn(OPEN_CORS['access-control-expose-headers']))).toEqual([]);
  });

  it('may send the trace that its browser has begun', () => {
    const allowed = namesIn(preflightHeaders()['access-control-allow-headers']);
    expect(missing(['traceparent', 'tracestate'], allowed)).toEqual([]);
  });

  it.each([
    'baggage, sentry-trace',
    'x-datadog-trace-id, x-datadog-parent-id, x-datadog-origin, x-datadog-sampling-priority',
    'b3',
    'X-B3-TraceId, X-B3-SpanId, X-B3-Sampled',
    'newrelic',
    'x-request-id, request-id, x-correlation-id',
    'cache-control, pragma, x-requested-with',
  ])('may send what libraries add to requests: %s', (asked) => {
    const allowed = namesIn(preflightHeaders(asked)['access-control-allow-headers']);
    expect(missing(asked.split(', '), allowed)).toEqual([]);
  });

  it.each([
    'x-other',
    'cookie2',
    'x-vtex',
    'mcp-',
    'x-vtex-a b',
    `x-vtex-${'a'.repeat(65)}`,
    'x-forwarded-for',
  ])('may not send anything else: %s', (asked) => {
    expect(preflightHeaders(asked)).toEqual(preflightHeaders());
  });
});
