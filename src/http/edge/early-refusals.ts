import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { InvalidInput, MethodNotAllowed } from '../../shared/domain-error.js';
import type { Audience } from '../audience.js';
import { expectKnownBody } from '../body/body-parsers.js';
import { pairsProblem } from '../query.rules.js';
import { HttpRefusal, nothingHere } from '../refusal.js';
import { routeOf } from '../route-traits.js';
import type { Elsewhere } from '../upstream/elsewhere.js';
import { pathIn } from '../upstream/families.rules.js';
import type { RouteTable } from './route-table.js';
import { reasonOfUnknown, type Switches } from './unknown-path.rules.js';

type Settings = Pick<Config, 'URL_LIMIT_BYTES' | 'HEADER_LIMIT_BYTES'> & Switches;

/** All that is wrong with a request before its body is read. It waits for nobody and looks nothing up. */
export class EarlyRefusals {
  constructor(
    private readonly settings: Settings,
    private readonly routes: RouteTable,
    private readonly audience: Audience,
    private readonly elsewhere: Elsewhere,
  ) {}

  /** @throws HttpRefusal | MethodNotAllowed | InvalidInput | UnsupportedMediaType */
  check(request: FastifyRequest): void {
    this.checkSize(request);
    expectOneHost(request);
    if (!isKnownExpectation(request.headers.expect)) {
      throw new HttpRefusal(417, 'Of the header Expect, only 100-continue is known');
    }
    this.audience.refusePlainHttp(request);
    if (request.is404) {
      if (this.elsewhere.takes(request)) return;
      throw this.refusalOfUnknown(request);
    }
    if (!this.audience.mayReach(request, routeOf(request).template)) throw nothingHere();
    this.checkQuery(request.url);
    expectKnownBody(request);
  }

  private checkSize({ url, raw: { rawHeaders } }: FastifyRequest): void {
    const { URL_LIMIT_BYTES: urlBytes, HEADER_LIMIT_BYTES: headerBytes } = this.settings;
    if (url.length > urlBytes) {
      throw new HttpRefusal(414, `The URL is longer than ${urlBytes} bytes (setting URL_LIMIT_BYTES)`);
    }
    let bytes = 0;
    for (const part of rawHeaders) bytes += part.length;
    if (bytes > headerBytes) {
      throw new HttpRefusal(
        431,
        `The headers have more than ${headerBytes} bytes (setting HEADER_LIMIT_BYTES)`,
      );
    }
  }

  /** A known path with another method is told which it has (RFC 9110 section 15.5.6). */
  private refusalOfUnknown(request: FastifyRequest): Error {
    const known = this.routes
      .methodsAt(request.url)
      .filter(({ route }) => this.audience.mayReach(request, route.template))
      .map(({ method }) => method);
    if (known.length > 0) return new MethodNotAllowed(known);
    const elsewhere = this.audience.isPublic(request) ? this.elsewhere.refusalOf(request) : undefined;
    return elsewhere ?? nothingHere(reasonOfUnknown(pathIn(request.url), this.settings));
  }

  private checkQuery(url: string): void {
    const start = url.indexOf('?');
    const problem = start < 0 ? undefined : pairsProblem(url.slice(start + 1), 'query');
    if (problem) throw new InvalidInput([problem]);
  }
}

/** A name or an address with an optional port (RFC 3986 section 3.2.2), or nothing. */
const HOST = /^[\w.~!$&'()*+,;=%:[\]-]*$/;

/**
 * RFC 9112 section 3.2: a proxy in front may have gone by another `Host` than the one that counts here.
 * @throws HttpRefusal
 */
function expectOneHost({ headers: { host }, raw: { httpVersion, rawHeaders } }: FastifyRequest): void {
  if (host === undefined) {
    if (httpVersion === '1.0') return;
    throw new HttpRefusal(400, 'The header Host is missing');
  }
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  if (count > 1 || !HOST.test(host)) throw new HttpRefusal(400, 'The header Host must name one host');
}

const isKnownExpectation = (expect: string | undefined): boolean =>
  expect === undefined || expect.toLowerCase() === '100-continue';
