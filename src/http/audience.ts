import type { IncomingMessage, RequestListener } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.schema.js';
import { HttpRefusal } from './refusal.js';
import { routeOf } from './route-traits.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** Who a route is for, by the first segment of its template. Routes not listed here are for everybody. */
const FOR_OPERATORS: ReadonlySet<string> = new Set(['admin', 'console', 'metrics', 'docs']);
const FOR_BOTH: ReadonlySet<string> = new Set(['health', 'openapi.json']);
/** Probes within the network request these over plain http. */
const BY_ANY_SCHEME: ReadonlySet<string> = new Set(['health', 'metrics']);

type Settings = Pick<Config, 'ADMIN_PORT' | 'PUBLIC_METRICS' | 'PUBLIC_DOCS' | 'ISSUER'>;

/** Decides which routes a request may reach, by the port that it arrived at and its scheme (X-19, SECURITY 67). */
export class Audience {
  private readonly fromAdminPort = new WeakSet<IncomingMessage>();
  private readonly closedInPublic: ReadonlySet<string>;
  private readonly overTls: boolean;

  constructor(
    { ADMIN_PORT, PUBLIC_METRICS, PUBLIC_DOCS, ISSUER }: Settings,
    private readonly proxies: TrustedProxies,
  ) {
    this.overTls = ISSUER.startsWith('https:');
    this.closedInPublic = new Set([
      ...(ADMIN_PORT === undefined ? [] : ['admin', 'console']),
      ...(PUBLIC_METRICS === 'on' ? [] : ['metrics']),
      ...(PUBLIC_DOCS === 'on' ? [] : ['docs']),
    ]);
  }

  /** Wraps the handler of the server that listens on ADMIN_PORT. */
  markAdmin(handler: RequestListener): RequestListener {
    return (message, response) => {
      this.fromAdminPort.add(message);
      handler(message, response);
    };
  }

  /** Tells whether the request arrived at PORT. */
  isPublic({ raw }: FastifyRequest): boolean {
    return !this.fromAdminPort.has(raw);
  }

  mayReach({ raw }: FastifyRequest, template: string | undefined): boolean {
    const room = roomOf(template);
    if (!this.fromAdminPort.has(raw)) return !this.closedInPublic.has(room);
    return FOR_OPERATORS.has(room) || FOR_BOTH.has(room);
  }

  /**
   * Refuses a request that, according to a trusted proxy, arrived unencrypted. What it carried is no longer secret, and
   * a redirect would hide that (SECURITY 67).
   * @throws HttpRefusal
   */
  refusePlainHttp(request: FastifyRequest): void {
    const { headers, raw } = request;
    if (!this.overTls || headers['x-forwarded-proto'] === undefined || request.protocol === 'https') return;
    if (!this.proxies.trusts(raw.socket.remoteAddress)) return;
    if (BY_ANY_SCHEME.has(roomOf(routeOf(request).template))) return;
    throw new HttpRefusal(403, 'This service is available over https only');
  }
}

/** Returns the first segment. */
function roomOf(template = '/'): string {
  const end = template.indexOf('/', 1);
  return end < 0 ? template.slice(1) : template.slice(1, end);
}
