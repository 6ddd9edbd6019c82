import type { FastifyRequest } from 'fastify';
import { askedHost } from './own-origin.rules.js';
import { isForeignPage } from './origin.rules.js';

/** Applies `isForeignPage` of origin.rules.ts to a request. @param issuer setting ISSUER */
export function comesFromForeignPage(
  request: FastifyRequest,
  issuer: string,
  allowed: readonly string[] | undefined,
): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const claims = { origin, site: site === undefined ? undefined : String(site) };
  return isForeignPage(claims, { protocol: request.protocol, host: askedHost(request), issuer }, allowed);
}
