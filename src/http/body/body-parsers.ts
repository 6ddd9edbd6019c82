import { setImmediate } from 'node:timers/promises';
import { parse as parsePairs } from 'fast-querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { InvalidInput, UnsupportedMediaType } from '../../shared/domain-error.js';
import { bodyProblem } from '../media-type.rules.js';
import { pairsProblem } from '../query.rules.js';
import { routeOf } from '../route-traits.js';
import { type BodyLimits, BodyReader } from './body-reader.js';
import { readJson, readText } from './read-json.js';

/** The fields of a token request are short. Not a setting, because nobody needs more. */
const MOST_FORM_BYTES = 16 * 1024;

const LARGE_BYTES = 64 * 1024;

type Limits = BodyLimits & Pick<Config, 'BODY_MAX_VALUES'>;

/**
 * Installs one parser for all bodies. The matched route tells which kind of body it takes, before anything is read.
 * @param passesOn tells whether the body is for another host, in which case it stays as it is
 */
export function parseBodies(
  fastify: FastifyInstance,
  limits: Limits,
  passesOn: (request: FastifyRequest) => boolean,
): void {
  const reader = new BodyReader(limits);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (request: FastifyRequest) => {
    if (request.is404) return passesOn(request) ? reader.read(request.raw) : undefined;
    if (routeOf(request).traits.takes === 'form')
      return readForm(await reader.read(request.raw, MOST_FORM_BYTES));
    const bytes = await reader.read(request.raw);
    const body = readJson(bytes, limits.BODY_MAX_VALUES);
    // Parsing a large body takes a turn of the event loop. The work on the result gets the next turn.
    if (bytes.length > LARGE_BYTES) await setImmediate();
    return body;
  });
}

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses a body of a kind that the route does not take. Only routes that declare it take forms and plain text, because
 * pages of other sites can send those without a preflight.
 * @throws UnsupportedMediaType
 */
export function expectKnownBody(request: FastifyRequest): void {
  const { headers, method } = request;
  if (!WITH_BODY.has(method)) return;
  const empty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  const { takes = 'json' } = routeOf(request).traits;
  // Some libraries name a type with every POST. Of a token request, the type tells what is wrong.
  if (empty && (headers['content-type'] === undefined || takes !== 'form' || method === 'DELETE')) return;
  const problem = bodyProblem(headers, takes);
  if (problem !== undefined) throw new UnsupportedMediaType(problem);
}

/** @throws InvalidInput if the form is not in UTF-8 or has too many items */
function readForm(bytes: Buffer): unknown {
  const text = readText(bytes);
  const problem = pairsProblem(text, 'body');
  if (problem) throw new InvalidInput([problem]);
  return parsePairs(text);
}
