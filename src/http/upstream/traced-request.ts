import { type Dispatcher, request } from 'undici';
import { inSpan, type Tracing } from '../../shared/tracing.js';

type Options = Readonly<Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'headers'>> & {
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Makes a request that continues the trace at its target. The target learns the ids of the trace and of this span, and
 * nothing else: neither `tracestate` nor `baggage` is sent. The span names the host, never the URL, which may hold a
 * secret.
 */
export async function tracedRequest(
  tracing: Tracing,
  name: string,
  url: string,
  options: Options,
): Promise<Dispatcher.ResponseData> {
  const send = (headers: Readonly<Record<string, string>>) =>
    request(url, { ...options, headers: { ...headers } });
  if (!tracing.isOn) return send(options.headers);
  const facts = { 'http.request.method': options.method, 'server.address': new URL(url).hostname };
  const start = { kind: 'client', name, facts } as const;
  // A delivery of a webhook is no part of a request.
  const span = tracing.child(start) ?? tracing.begin(start);
  if (!span) return send(options.headers);
  return inSpan(span, async () => {
    const answer = await send({ ...options.headers, traceparent: span.traceparent });
    span.add({ 'http.response.status_code': answer.statusCode });
    return answer;
  });
}
