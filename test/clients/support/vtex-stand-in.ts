import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request that came here looked like. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** The few answers of the rest of VTEX that FastStore's session validation asks for: catalogue and logistics. */
export class VtexStandIn {
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<VtexStandIn> {
    const server = createServer();
    const standIn = new VtexStandIn(server);
    server.on('request', (message, response) => {
      const { method = '', url = '/', headers } = message;
      standIn.received.push({ method, path: url, headers });
      const answer = answerTo(url);
      message.resume();
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: 'not here' }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}

function answerTo(target: string): object | undefined {
  const { pathname } = new URL(target, 'http://stand-in.test');
  const [, country, postalCode] =
    /^\/api\/checkout\/pub\/postal-code\/([A-Z]{3})\/([^/]+)$/.exec(pathname) ?? [];
  // Longitude comes first, with as many digits as JavaScript prints (F-55).
  if (country)
    return {
      country,
      postalCode,
      city: 'São Paulo',
      geoCoordinates: [-46.63330840000001, -23.550519900000001],
    };
  if (pathname.startsWith('/api/checkout/pub/regions'))
    return [{ id: 'v2.1', sellers: [{ id: '1', name: 'Acme' }] }];
  return undefined;
}
