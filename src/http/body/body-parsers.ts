import { setImmediate } from 'node:timers/promises';
import { parse as parsePairs } from 'fast-querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { InvalidInput, UnsupportedMediaType } from '../../shared/domain-error.js';
import { bodyProblem } from '../media-type.rules.js';
import { pairsProblem } from '../query.rules.js';
import { traitsOf } from '../route-traits.js';
import { type BodyLimits, BodyReader } from './body-reader.js';
import { readJson, readText } from './read-json.js';

/** The fields of a token request are short; a constant, since nobody needs more. */
const MOST_FORM_BYTES = 16 * 1024;

const LARGE_BYTES = 64 * 1024;

type Limits = BodyLimits & Pick<Config, 'BODY_MAX_VALUES'>;

/**
 * One parser for all bodies: which of them a route takes is told by the route, before anything is read.
 * @param passesOn whether the body is for another host: then it stays as it is
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
    if (traitsOf(request).takes === 'form') return readForm(await reader.read(request.raw, MOST_FORM_BYTES));
    const bytes = await reader.read(request.raw);
    const body = readJson(bytes, limits.BODY_MAX_VALUES);
    // To parse a large one takes a turn of the event loop of its own; what is made of it comes in the next.
    if (bytes.length > LARGE_BYTES) await setImmediate();
    return body;
  });
}

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * A form can be sent across sites without asking first, and so can plain text: only the routes that say so take one.
 * @throws UnsupportedMediaType
 */
export function expectKnownBody(request: FastifyRequest): void {
  const { headers, method } = request;
  if (!WITH_BODY.has(method)) return;
  const empty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (empty && (headers['content-type'] === undefined || method === 'DELETE')) return;
  const problem = bodyProblem(headers, traitsOf(request).takes ?? 'json');
  if (problem !== undefined) throw new UnsupportedMediaType(problem);
}

/** @throws InvalidInput */
function readForm(bytes: Buffer): unknown {
  const text = readText(bytes);
  const problem = pairsProblem(text, 'body');
  if (problem) throw new InvalidInput([problem]);
  return parsePairs(text);
}
