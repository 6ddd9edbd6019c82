import type { IncomingMessage } from 'node:http';
import type { RemoteParent, TraceFields } from '../shared/tracing.js';
import type { TrustedProxies } from './trusted-proxies.js';

type Carrier = Pick<IncomingMessage, 'headers' | 'socket'>;

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;
const ZEROS = /^0+$/;
const SAMPLED = 1;

/** The trace and the calling span in `traceparent` (W3C Trace Context, 3.2), which only a trusted proxy may set. */
export function parentOf({ headers, socket }: Carrier, proxies: TrustedProxies): RemoteParent | undefined {
  const { traceparent } = headers;
  if (typeof traceparent !== 'string' || !proxies.trusts(socket.remoteAddress)) return undefined;
  const [, trace = '0', span = '0', flags = '0'] = TRACEPARENT.exec(traceparent) ?? [];
  if (ZEROS.test(trace) || ZEROS.test(span)) return undefined;
  return { trace_id: trace, span_id: span, sampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 };
}

/** The same, for the log. */
export function traceOf(request: Carrier, proxies: TrustedProxies): TraceFields | undefined {
  const parent = parentOf(request, proxies);
  return parent && { trace_id: parent.trace_id, span_id: parent.span_id };
}
