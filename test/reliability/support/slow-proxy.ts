import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network between a service and one server of its store. What the service sends arrives late; answers don't. */
export class SlowProxy {
  /** Of what is sent from now on. */
  latencyMs = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param port of the server, on loopback */
  static async to(port: number): Promise<SlowProxy> {
    const server = createServer();
    const proxy = new SlowProxy(server);
    server.on('connection', (client) => proxy.join(client, connect(port, '127.0.0.1')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
    server.on('data', (chunk: Buffer) => void client.write(chunk));
    // One after the other, also when the latency becomes shorter meanwhile.
    let sent = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      const dueAt = performance.now() + this.latencyMs;
      sent = sent.then(async () => {
        const wait = dueAt - performance.now();
        if (wait > 0) await sleep(wait);
        if (!server.destroyed) server.write(chunk);
      });
    });
  }
}
