import { once } from 'node:events';
import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { BACKLOG } from './servers.js';

const ADDRESSES = new WeakMap<FastifyInstance, string>();

/** Where ADMIN_PORT listens, once it does. */
export const adminAddressOf = (fastify: FastifyInstance): string | undefined => ADDRESSES.get(fastify);

/** The second server of one application: it begins to listen before the first one does, and ends with it (X-19). */
export class AdminServer {
  constructor(
    private readonly server: Server,
    private readonly config: Pick<Config, 'ADMIN_PORT' | 'ADMIN_HOST'>,
  ) {}

  runWith(fastify: FastifyInstance): void {
    let closed: Promise<unknown> = Promise.resolve();
    fastify.addHook('onReady', async () => {
      await this.listen();
      closed = once(this.server, 'close');
      ADDRESSES.set(fastify, this.address());
    });
    fastify.addHook('preClose', (done) => {
      this.server.close();
      this.server.closeIdleConnections();
      done();
    });
    fastify.addHook('onClose', async () => void (await closed));
  }

  /** @throws Error - the port is taken, or the host is not one of this machine */
  private async listen(): Promise<void> {
    const { ADMIN_PORT, ADMIN_HOST } = this.config;
    this.server.listen({ port: ADMIN_PORT, host: ADMIN_HOST, backlog: BACKLOG });
    await once(this.server, 'listening');
  }

  private address(): string {
    const address = this.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : this.config.ADMIN_PORT;
    const { ADMIN_HOST: host } = this.config;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
}
