import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from './trusted-proxies.js';

/** What proxies make up: UUIDs, hex, base64. Nothing that could break a line of the log or a header. */
const ID = /^[\w.+/=-]{8,128}$/;
const TRACE = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

/**
 * A trusted proxy names its requests: by `x-request-id`, else by the trace of `traceparent` (W3C Trace Context, 3.2), so
 * that its log and ours can be joined. From anybody else, a name could be one that another request has.
 */
export function requestIds(proxies: TrustedProxies): (request: IncomingMessage) => string {
  return ({ headers, socket }) => {
    const { 'x-request-id': given, traceparent } = headers;
    if (given === undefined && traceparent === undefined) return crypto.randomUUID();
    if (!proxies.trusts(socket.remoteAddress)) return crypto.randomUUID();
    if (typeof given === 'string' && ID.test(given)) return given;
    const trace = typeof traceparent === 'string' ? TRACE.exec(traceparent)?.[1] : undefined;
    return trace === undefined || trace === NO_TRACE ? crypto.randomUUID() : trace;
  };
}
