import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that serves the service below a path, at an origin of its own. */
export class BehindPath {
  private constructor(
    private readonly server: Server,
    private readonly path: string,
  ) {}

  /** @param path `/session` */
  static async open(target: string, path: string): Promise<BehindPath> {
    const server = createServer((incoming, outgoing) => {
      const { method, headers, url = '/' } = incoming;
      if (!url.startsWith(`${path}/`)) return void outgoing.writeHead(404).end();
      const passed = request(`${target}${url.slice(path.length)}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      outgoing.on('close', () => passed.destroy());
      incoming.pipe(passed);
      return undefined;
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new BehindPath(server, path);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.path}`;
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}
