import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';
import { OPEN_CORS } from './cors-headers.js';

export type HeaderSet = Readonly<Record<string, string>>;

/**
 * The headers of every answer, by kind of answer. Built once, at the start, because they are the same for each request.
 */
export interface AnswerHeaders {
  /** Routes that any page may call: a bearer token is no credential that browsers send by themselves. */
  readonly open: HeaderSet;
  /** Routes whose credential is a cookie: `cors.ts` says which pages may call them. */
  readonly cookies: HeaderSet;
  /** What a browser shows. */
  readonly page: HeaderSet;
}

const ONE_YEAR = 365 * 24 * 3600;

/** @param issuer setting ISSUER: if it is https, browsers are told to use nothing else (SECURITY 67) */
export function answerHeaders(issuer: string): AnswerHeaders {
  const overTls = issuer.startsWith('https:');
  const common = {
    referrerPolicy: { policy: 'no-referrer' as const },
    strictTransportSecurity: overTls && { maxAge: ONE_YEAR, includeSubDomains: false },
    frameguard: { action: 'deny' as const },
  };
  const api = decided({
    ...common,
    contentSecurityPolicy: directives({ defaultSrc: ["'none'"], frameAncestors: ["'none'"] }),
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Headers that matter only for documents which a browser displays.
    crossOriginOpenerPolicy: false,
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  });
  return Object.freeze({
    open: Object.freeze({ ...api, ...OPEN_CORS }),
    cookies: Object.freeze(api),
    page: Object.freeze(decided({ ...common, contentSecurityPolicy: directives(pageDirectives(issuer)) })),
  });
}

/** Nothing inline, and nothing from elsewhere; on a port of its own, a page asks the public address. */
const pageDirectives = (issuer: string) => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'", new URL(issuer).origin],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
});

const directives = (all: Record<string, string[]>) => ({ useDefaults: false, directives: all });

/** What helmet would set. */
function decided(options: HelmetOptions): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error) throw error;
  });
  const names = response.getHeaderNames();
  return Object.fromEntries(names.map((name) => [name, String(response.getHeader(name))]));
}
