import type { IncomingMessage } from 'node:http';
import { traceOf } from './trace-context.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** Matches the ids that proxies generate: UUIDs, hex, base64. Nothing in them could break a log line or a header. */
const ID = /^[\w.+/=-]{8,128}$/;

/**
 * A trusted proxy names its requests: by `x-request-id`, else by the trace of `traceparent` (W3C Trace Context, 3.2), so
 * that its log and ours can be joined. From anybody else, a name could be one that another request has.
 */
export function requestIds(proxies: TrustedProxies): (request: IncomingMessage) => string {
  return (request) => {
    const { 'x-request-id': given, traceparent } = request.headers;
    if (given === undefined && traceparent === undefined) return crypto.randomUUID();
    if (!proxies.trusts(request.socket.remoteAddress)) return crypto.randomUUID();
    if (typeof given === 'string' && ID.test(given)) return given;
    return traceOf(request, proxies)?.trace_id ?? crypto.randomUUID();
  };
}
