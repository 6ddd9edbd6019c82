import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from './trusted-proxies.js';

/** The names that OpenTelemetry gives these fields in logs of other formats. */
export interface TraceFields {
  readonly trace_id: string;
  readonly span_id: string;
}

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;
const ZEROS = /^0+$/;

/** The trace and the calling span in `traceparent` (W3C Trace Context, 3.2), which only a trusted proxy may set. */
export function traceOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: TrustedProxies,
): TraceFields | undefined {
  const { traceparent } = headers;
  if (typeof traceparent !== 'string' || !proxies.trusts(socket.remoteAddress)) return undefined;
  const [, trace = '0', span = '0'] = TRACEPARENT.exec(traceparent) ?? [];
  return ZEROS.test(trace) || ZEROS.test(span) ? undefined : { trace_id: trace, span_id: span };
}
