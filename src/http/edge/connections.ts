import type { Socket } from 'node:net';
import type { Config } from '../../config/config.schema.js';
import { networkOf } from '../../shared/network.js';
import type { TrustedProxies } from '../trusted-proxies.js';

type Limits = Pick<Config, 'MAX_CONNECTIONS' | 'MAX_CONNECTIONS_PER_ADDRESS'>;

interface Held {
  readonly network: string;
  /** Requests that have arrived as a whole and are not answered yet. */
  working: number;
  /** Whether it was answered at least once: then the client uses the connection, rather than only holding it. */
  served: boolean;
  /** When it was accepted, or answered last. */
  since: number;
}

/**
 * All connections of a server. At the limit, a newcomer is let in, and the connection that has been idle longest is
 * closed, one of the same address first. Only if all are busy is the newcomer refused.
 */
export class Connections {
  private readonly held = new Map<Socket, Held>();
  private readonly perNetwork = new Map<string, number>();

  constructor(
    private readonly limits: Limits,
    private readonly proxies: TrustedProxies,
  ) {}

  accept(socket: Socket): void {
    const network = networkOf(socket.remoteAddress ?? '');
    const { MAX_CONNECTIONS: inAll, MAX_CONNECTIONS_PER_ADDRESS: perAddress } = this.limits;
    const crowded = !this.proxies.trusts(socket.remoteAddress) && this.count(network) >= perAddress;
    const full = this.held.size >= inAll;
    const inTheWay =
      crowded || full ? (this.idlest(network) ?? (crowded ? undefined : this.idlest())) : undefined;
    if (inTheWay) this.drop(inTheWay);
    else if (crowded || full) {
      socket.destroy();
      return;
    }
    this.held.set(socket, { network, working: 0, served: false, since: performance.now() });
    this.perNetwork.set(network, this.count(network) + 1);
    socket.once('close', () => this.forget(socket));
  }

  /** A whole request is there. */
  isWorked(socket: Socket): void {
    const held = this.held.get(socket);
    if (held) held.working += 1;
  }

  isAnswered(socket: Socket): void {
    const held = this.held.get(socket);
    if (!held) return;
    held.working -= 1;
    held.served = true;
    held.since = performance.now();
  }

  private count(network: string): number {
    return this.perNetwork.get(network) ?? 0;
  }

  private drop(socket: Socket): void {
    this.forget(socket);
    socket.destroy();
  }

  private forget(socket: Socket): void {
    const held = this.held.get(socket);
    if (!held) return;
    this.held.delete(socket);
    const left = this.count(held.network) - 1;
    if (left > 0) this.perNetwork.set(held.network, left);
    else this.perNetwork.delete(held.network);
  }

  /** Searched for only at the limit. A connection that never got a response is closed before one that did. */
  private idlest(network?: string): Socket | undefined {
    let found: readonly [Socket, Held] | undefined;
    for (const [socket, held] of this.held) {
      if (held.working > 0 || (network !== undefined && held.network !== network)) continue;
      if (!found || goesBefore(held, found[1])) found = [socket, held];
    }
    return found?.[0];
  }
}

const goesBefore = (one: Held, other: Held): boolean =>
  one.served === other.served ? one.since < other.since : !one.served;
