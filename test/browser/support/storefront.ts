import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An empty page of a shop; what it does is said by the test. */
export class Storefront {
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Storefront> {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>shop</title>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Storefront(server);
  }

  /** @param host `localhost` or `127.0.0.1`: two sites to a browser */
  origin(host: string): string {
    return `http://${host}:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}
