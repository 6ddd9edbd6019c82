import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorKind, Unauthenticated, Unavailable } from '../../shared/domain-error.js';
import { HttpRefusal } from '../refusal.js';
import { RepeatedAnswer } from '../repeated-answer.js';
import { routeOf } from '../route-traits.js';
import { challengeOf, errorBody, errorMediaType, type Failure, failure, faultBody } from './error-bodies.js';

/** `satisfies`: a new kind without a status does not compile. */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'version-conflict': 409,
  'already-exists': 409,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  'rate-limited': 429,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

/** `request`: HTTP itself refused it; `fault`: our mistake. */
export type RefusalKind = ErrorKind | 'request' | 'fault';

/** Texts for Fastify's own refusals, by their code. Only these help the caller. */
const FASTIFY_MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this service accepts',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'This content type is not accepted here; send application/json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, but its content type is application/json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says',
};

/** Turns anything that was thrown into an error body. Stacks, drivers and paths never get out. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger(ErrorFilter.name);

  /** @param refused counts each refusal by its kind */
  constructor(private readonly refused: (kind: RefusalKind) => void = () => undefined) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers what was thrown outside of controllers: by a hook, a parser of bodies, or a route of Fastify's own. */
  readonly answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    if (error instanceof RepeatedAnswer) {
      void reply.status(error.status).headers(error.headers).send(error.body);
      return;
    }
    this.refused(kindOf(error));
    // What the route says about caches is for its good answers, and Nest sets it before the handler runs.
    void reply.header('cache-control', 'no-store');
    const { template } = routeOf(request);
    const path = template ?? request.url;
    void reply.type(errorMediaType(path));
    if (error instanceof DomainError) void reply.headers({ ...error.headers });
    if (error instanceof Unauthenticated) {
      void reply.header('www-authenticate', challengeOf(error.fault));
      void reply.status(401).send(faultBody(path, error.fault));
      return;
    }
    if (error instanceof HttpException && template === '/health/ready') {
      // Terminus has put together which part is not ready.
      void reply.status(error.getStatus()).send(error.getResponse());
      return;
    }
    if (error instanceof HttpRefusal) void reply.headers({ ...error.headers });
    const told = this.describe(error, request.id);
    void reply.status(told.status).send(errorBody(path, told));
  };

  private describe(error: unknown, requestId: string): Failure {
    if (error instanceof DomainError) {
      if (error instanceof Unavailable && !error.logged) this.log.warn({ err: error }, error.message);
      return failure(STATUS[error.kind], error.message, error.details);
    }
    if (error instanceof HttpRefusal) return failure(error.status, error.message, error.details);
    if (error instanceof HttpException) return failure(error.getStatus(), error.message);
    const refused = refusalOfFastify(error);
    if (refused) return refused;
    // The caller gets the id in the header `x-request-id` and learns nothing else about what happened (SECURITY 68).
    this.log.error({ id: requestId, err: error }, 'A request failed');
    return failure(500, 'Internal server error');
  }
}

function kindOf(error: unknown): RefusalKind {
  if (error instanceof DomainError) return error.kind;
  if (error instanceof HttpRefusal || error instanceof HttpException) return 'request';
  return refusalOfFastify(error) ? 'request' : 'fault';
}

function refusalOfFastify(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  if (!(status >= 400 && status < 500)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  return failure(status, FASTIFY_MESSAGES[code] ?? "The request can't be read");
}
