import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

export interface CollectedSpan extends Omit<SentSpan, 'attributes'> {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

const PATIENCE_MS = 20_000;

const valuesIn = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** An OTLP receiver at an address of this machine, for `http/json`. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  /** The bodies as they came. */
  readonly bodies: Buffer[] = [];
  readonly requests: { readonly url: string; readonly headers: NodeJS.Dict<string | string[]> }[] = [];

  private constructor(
    readonly url: string,
    readonly close: () => void,
  ) {}

  /** @param behave answers instead, as a collector that is ill */
  static async open(behave: RequestListener = (_, response) => response.end('{}')): Promise<Collector> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      collector.take(request.url ?? '', request.headers, Buffer.concat(chunks));
      behave(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const collector = new Collector(`http://127.0.0.1:${port}`, () => server.close().closeAllConnections());
    return collector;
  }

  /** What has a service send its spans here, soon. */
  get env(): NodeJS.ProcessEnv {
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    };
  }

  /** Waits for the first span of this name. */
  async named(name: string, when: (span: CollectedSpan) => boolean = () => true): Promise<CollectedSpan> {
    const since = performance.now();
    for (;;) {
      const found = this.spans.find((span) => span.name === name && when(span));
      if (found) return found;
      if (performance.now() - since > PATIENCE_MS)
        throw new Error(
          `no span ${name} among ${[...new Set(this.spans.map((span) => span.name))].join(', ')}`,
        );
      await sleep(10);
    }
  }

  /** The names of all spans of a trace, each below its parent: `a > b > c`. */
  pathsOf(traceId: string): readonly string[] {
    const spans = this.spans.filter((span) => span.traceId === traceId);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const pathOf = ({ name, parentSpanId }: CollectedSpan): string => {
      const parent = byId.get(parentSpanId ?? '');
      return parent ? `${pathOf(parent)} > ${name}` : name;
    };
    return spans.map(pathOf);
  }

  private take(url: string, headers: NodeJS.Dict<string | string[]>, body: Buffer): void {
    this.requests.push({ url, headers });
    this.bodies.push(body);
    if (headers['content-type'] !== 'application/json') return;
    const { resourceSpans }: Sent = JSON.parse(body.toString());
    for (const { resource, scopeSpans } of resourceSpans)
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        this.spans.push({
          ...span,
          attributes: valuesIn(span.attributes),
          resource: valuesIn(resource.attributes),
        });
  }
}
