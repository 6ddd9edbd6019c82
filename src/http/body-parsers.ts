import type { FastifyInstance } from 'fastify';
import { InvalidInput, UnsupportedMediaType } from '../shared/domain-error.js';
import { depthOf, hasInfinity } from '../shared/json.js';

/** An attribute may be 32 levels deep (D-14), and stands up to two levels down in a body. */
const MAX_BODY_DEPTH = 34;

/** `application/merge-patch+json` is what some clients send with a PATCH. */
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/**
 * JSON, with `__proto__` as a key like any other: nothing here merges bodies into objects, and attribute names
 * are data (D-14). An empty body counts as none.
 */
export function jsonParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPES, { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : parse(String(text)));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body'));
    }
  });
}

/** A form can be sent across sites without asking first, so only the token endpoint takes one. */
export function refuseForms(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    const token = request.routeOptions.url === '/oauth/token';
    if (form !== token && request.headers['content-type'] !== undefined && (form || token)) {
      throw new UnsupportedMediaType(token ? 'application/x-www-form-urlencoded' : 'application/json');
    }
  });
}

/** @throws InvalidInput */
function parse(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw InvalidInput.of('body', 'is not valid JSON');
  }
  if (depthOf(body, MAX_BODY_DEPTH) > MAX_BODY_DEPTH) {
    throw InvalidInput.of('body', `is nested deeper than ${MAX_BODY_DEPTH} levels`);
  }
  if (hasInfinity(body)) throw InvalidInput.of('body', 'has a number that is too large to be kept');
  return body;
}
