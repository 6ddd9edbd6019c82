import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createConnection } from 'node:net';
import { generate } from 'selfsigned';
import { Agent, buildConnector, type Dispatcher } from 'undici';

/** One exchange that a client had with the service. */
export interface Exchange {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

/**
 * Ends TLS for every host name, and sends what it gets to the service, as a reverse proxy does. Clients have their
 * addresses hard-wired: they reach it because `dispatcher` resolves every name to this machine.
 */
export class TlsFront {
  readonly exchanges: Exchange[] = [];
  /** What `undici`, and so Node's own `fetch`, is to connect with. */
  readonly dispatcher: Dispatcher;

  private constructor(
    private readonly server: Server,
    private readonly service: URL,
    certificate: string,
  ) {
    const { port } = server.address() as AddressInfo;
    const connect = buildConnector({ ca: certificate });
    this.dispatcher = new Agent({
      // The name stays in the TLS handshake and in `Host`; nothing is looked up, so nothing leaves this machine.
      connect: (options, done) => {
        const { protocol, hostname, servername = hostname } = options;
        const address = { hostname: '127.0.0.1', port: String(port), servername };
        connect(protocol === 'https:' ? { ...options, ...address } : options, done);
      },
    });
    server.on('request', (message, response) => this.pass(message, response));
    // Browsers and HTTP libraries tunnel through nothing here.
    server.on('connect', (_message, socket) => socket.destroy());
  }

  /** @param names DNS names, `*` allowed as the first label */
  static async before(service: string, names: readonly string[]): Promise<TlsFront> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
    });
    const server = createServer({ key, cert });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new TlsFront(server, new URL(service), cert);
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
    this.server.close().closeAllConnections();
  }

  private pass(message: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: path = '/', headers } = message;
    const host = headers.host ?? '';
    const forwarded = {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
      'x-forwarded-for': '127.0.0.1',
    };
    const onward = request({
      host: this.service.hostname,
      port: this.service.port,
      method,
      path,
      headers: { ...headers, ...forwarded },
    });
    onward.on('response', (answer) => {
      this.exchanges.push({ method, host, path, status: answer.statusCode ?? 0 });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  }
}

/** A connection to the service, whatever host and port the client wanted: for clients that speak plain http. */
export const connectTo = (service: string) => {
  const { hostname: host, port } = new URL(service);
  return () => createConnection({ host, port: Number(port) });
};
