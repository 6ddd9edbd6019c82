/** The names that OpenTelemetry gives these fields in logs of other formats. */
export interface TraceFields {
  readonly trace_id: string;
  readonly span_id: string;
}

/** The span of a caller whose trace is continued. */
export interface RemoteParent extends TraceFields {
  readonly sampled: boolean;
}

/**
 * All that a span may say (OpenTelemetry's semantic conventions, 1.45). The list is closed: no URL, header, body,
 * statement or identifier of a record has a name in it.
 */
export interface SpanFacts {
  readonly 'http.request.method'?: string;
  /** The template of the route. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'error.type'?: string;
  readonly 'server.address'?: string;
  readonly 'db.system.name'?: 'mongodb';
  readonly 'db.operation.name'?: string;
  readonly 'db.collection.name'?: string;
  /** Port of the store. */
  readonly 'onesession.store.port'?: string;
  readonly 'onesession.transform.round'?: number;
  readonly 'onesession.transform.calls'?: number;
}

export interface SpanStart {
  readonly kind: 'server' | 'client' | 'internal';
  readonly name: string;
  readonly facts?: SpanFacts;
}

export interface Span {
  readonly ids: TraceFields;
  /** Continues the trace elsewhere (W3C Trace Context, 3.2). */
  readonly traceparent: string;
  /** Makes this the current span of what `work` does, now and later. */
  run<T>(work: () => T): T;
  add(facts: SpanFacts): void;
  end(failure?: 'failed'): void;
}

/** Follows a request through the service. `observability/` implements it where tracing is on. */
export abstract class Tracing {
  abstract readonly isOn: boolean;

  /** Of the span that the caller is in. */
  abstract get current(): TraceFields | undefined;

  /** Begins a trace, or goes on with the one of `parent`. */
  abstract begin(start: SpanStart, parent?: RemoteParent): Span | undefined;

  /** Begins a part of the current span. @returns undefined if there is none, or if nobody records it */
  abstract child(start: SpanStart): Span | undefined;

  /** Sends what is left. Takes a bounded time and never fails. */
  abstract close(): Promise<void>;
}

/** Tracing is off. */
export const NO_TRACING: Tracing = Object.freeze({
  isOn: false,
  current: undefined,
  begin: () => undefined,
  child: () => undefined,
  close: async () => undefined,
});

/** Does `work` in a span, which ends with it. */
export const inSpan = <T>(span: Span | undefined, work: () => Promise<T>): Promise<T> =>
  span ? spanned(span, work) : work();

async function spanned<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    const result = await span.run(work);
    span.end();
    return result;
  } catch (error) {
    span.end('failed');
    throw error;
  }
}
