import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import type { Config } from '../../config/config.schema.js';
import { Forbidden } from '../../shared/domain-error.js';
import { askedHost, ownOrigin } from '../own-origin.rules.js';
import type { Audience } from '../audience.js';
import { comesFromForeignPage } from '../foreign-page.js';
import { HttpRefusal } from '../refusal.js';
import type { RouteTraits } from '../route-traits.js';
import { type Family, familyOf, notServedHere, tenantIn } from './families.rules.js';
import { GuestTokens } from './guest-tokens.js';
import { carriesOwnToken } from './own-tokens.rules.js';
import { isPassedOn, returnedHeaders, sentHeaders } from './passed-headers.rules.js';
import { passedTarget } from './passed-target.rules.js';
import { UpstreamClient } from './upstream-client.js';

/** What only the VTEX dialect knows about a request. */
export interface UpstreamAccounts {
  /** Returns the account that a request is for, which exists. @throws DomainError */
  accountFor(request: FastifyRequest): Promise<string>;
  allowedOrigins(request: FastifyRequest, traits: RouteTraits): Promise<readonly string[]>;
}

type Settings = Pick<
  Config,
  | 'UPSTREAM_EMPORIX'
  | 'UPSTREAM_EMPORIX_CLIENTS'
  | 'UPSTREAM_VTEX'
  | 'UPSTREAM_TIMEOUT_SECONDS'
  | 'UPSTREAM_ANSWER_LIMIT_BYTES'
  | 'ISSUER'
  | 'PUBLIC_DOCS'
>;

const METHODS: readonly Dispatcher.HttpMethod[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
];

/** Methods that change nothing (RFC 9110 section 9.2.1), which a foreign page may have a browser send. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** VTEX shops are recognized by cookies there too, so the same pages may call. */
const BY_COOKIE: RouteTraits = Object.freeze({ cookies: 'always' });

/**
 * Handles requests that belong to Emporix or VTEX and are not served here. They are passed on to the host that the
 * operator configured, or refused with a hint. A request can name no other host.
 */
export class Elsewhere {
  private readonly client: UpstreamClient | undefined;
  private readonly guests: GuestTokens | undefined;
  private accounts: UpstreamAccounts | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly audience: Audience,
  ) {
    const isUsed = settings.UPSTREAM_EMPORIX !== undefined || settings.UPSTREAM_VTEX !== undefined;
    this.client = isUsed ? new UpstreamClient(settings) : undefined;
    const { UPSTREAM_EMPORIX: emporix, UPSTREAM_EMPORIX_CLIENTS: clients } = settings;
    if (this.client && emporix !== undefined && clients)
      this.guests = new GuestTokens(this.client, emporix, clients);
  }

  /** Adds the hook, which every request pays for, only if something is passed on. */
  attach(fastify: FastifyInstance, accounts: UpstreamAccounts): void {
    const { client } = this;
    if (!client) return;
    this.accounts = accounts;
    fastify.addHook('preHandler', (request, reply, done) => {
      const family = this.familyToPassOn(request);
      if (!family) done();
      else this.pass(request, reply, family).catch(done);
    });
    fastify.addHook('onClose', () => client.close());
  }

  /** Tells whether this request goes on to another host. */
  takes(request: FastifyRequest): boolean {
    return this.familyToPassOn(request) !== undefined;
  }

  /** Returns the traits of a request that goes on to another host, which decide whose pages may read the answer. */
  traitsOf(request: FastifyRequest): RouteTraits | undefined {
    return this.familyToPassOn(request)?.platform === 'vtex' ? BY_COOKIE : undefined;
  }

  /** Returns the refusal of a path that is known to belong to a platform. */
  refusalOf({ url, protocol, headers }: FastifyRequest): HttpRefusal | undefined {
    const family = familyOf(url);
    if (!family) return undefined;
    const { PUBLIC_DOCS, ISSUER } = this.settings;
    const page =
      PUBLIC_DOCS === 'on'
        ? `${ownOrigin(protocol, askedHost({ headers }), ISSUER)}/docs/clients`
        : undefined;
    return new HttpRefusal(404, notServedHere(family, page));
  }

  private familyToPassOn(request: FastifyRequest): Family | undefined {
    if (!this.client || !request.is404 || !this.audience.isPublic(request)) return undefined;
    const family = familyOf(request.url);
    return family && this.hostOf(family) !== undefined && isKnown(request.method) ? family : undefined;
  }

  private hostOf({ platform }: Family): string | undefined {
    return platform === 'vtex' ? this.settings.UPSTREAM_VTEX : this.settings.UPSTREAM_EMPORIX;
  }

  private async pass(request: FastifyRequest, reply: FastifyReply, family: Family): Promise<void> {
    const path = this.checked(request);
    const origin = await this.originFor(request, family);
    if (family.platform === 'vtex') await this.refuseForeignPage(request);
    const ended = new AbortController();
    reply.raw.once('close', () => ended.abort());
    const headers = await this.headersFor(request, family, path);
    const answer = await this.client?.send({
      origin,
      path,
      method: METHODS.find((one) => one === request.method) ?? 'GET',
      headers,
      body: Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined,
      signal: ended.signal,
    });
    if (!answer) return;
    // A token that Emporix ended early is not sent again.
    if (answer.statusCode === 401 && family.platform === 'emporix')
      void this.guests?.refused(tenantIn(path), tokenIn(headers));
    if (reply.sent) answer.body.on('error', () => undefined).destroy();
    else
      void reply
        .status(answer.statusCode)
        .headers(returnedHeaders(answer.headers, origin))
        .send(bodyOf(answer));
  }

  private async headersFor(
    { headers, ip: address, protocol, method }: FastifyRequest,
    { platform }: Family,
    path: string,
  ): Promise<Record<string, string>> {
    const sent = sentHeaders(
      { headers, address, protocol, host: askedHost({ headers }) },
      this.settings.ISSUER,
    );
    if (platform !== 'emporix' || sent.authorization !== undefined || !isRead(method, path)) return sent;
    const token = await this.guests?.tokenFor(tenantIn(path));
    return token === undefined ? sent : { ...sent, authorization: `Bearer ${token}` };
  }

  /** @throws HttpRefusal if the request can't be passed on as it is */
  private checked({ url, headers, body }: FastifyRequest): string {
    const { ISSUER } = this.settings;
    const path = passedTarget(url, ISSUER);
    if (path === undefined) {
      throw new HttpRefusal(
        400,
        'path: must have no dot segments, empty segments or escaped slashes to be passed on',
      );
    }
    if (isPassedOn(headers))
      throw new HttpRefusal(508, 'UPSTREAM_EMPORIX or UPSTREAM_VTEX leads back to this service');
    if (Buffer.isBuffer(body) && carriesOwnToken(body.toString('latin1'), ISSUER)) {
      throw new HttpRefusal(
        400,
        'body: contains a token of this service, which is never passed on; leave it out',
      );
    }
    return path;
  }

  /** Only existing accounts go through, so that no request can name another host by an account. @throws DomainError */
  private async originFor(request: FastifyRequest, family: Family): Promise<string> {
    const host = this.hostOf(family) ?? '';
    if (family.platform !== 'vtex') return host;
    return host.replace('{account}', (await this.accounts?.accountFor(request)) ?? '');
  }

  /** Browsers send the other host's cookies along just like this service's. @throws Forbidden */
  private async refuseForeignPage(request: FastifyRequest): Promise<void> {
    if (SAFE.has(request.method)) return;
    const allowed = await this.accounts?.allowedOrigins(request, BY_COOKIE);
    if (!comesFromForeignPage(request, this.settings.ISSUER, allowed)) return;
    throw new Forbidden('The page has another origin: let the tenant allow it in vtex.allowedOrigins');
  }
}

/** Works like `pipeline`, but with a reason of its own: an error before anything was sent is reported to the client. */
function bodyOf({ body }: Dispatcher.ResponseData): Readable {
  const passed = new PassThrough();
  const reason = 'The answer to this request broke off or is too large (setting UPSTREAM_ANSWER_LIMIT_BYTES)';
  body.on('error', () => passed.destroy(new HttpRefusal(502, reason)));
  passed.once('close', () => body.destroy());
  return body.pipe(passed);
}

/** Emporix has searches that are sent by POST: `/product/acme/products/search`. */
const isRead = (method: string, path: string): boolean =>
  SAFE.has(method) || (method === 'POST' && /\/search(?:\?|$)/.test(path));

const tokenIn = ({ authorization = '' }: Readonly<Record<string, string>>): string =>
  authorization.replace(/^Bearer /, '');

const isKnown = (method: string): boolean => METHODS.some((one) => one === method);
