import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Config } from '../../config/config.schema.js';
import type { Connections } from './connections.js';
import type { RawAnswers } from './raw-answers.js';

type Limits = Pick<
  Config,
  | 'URL_LIMIT_BYTES'
  | 'HEADER_LIMIT_BYTES'
  | 'HEADERS_TIMEOUT_SECONDS'
  | 'RECEIVE_TIMEOUT_SECONDS'
  | 'KEEP_ALIVE_SECONDS'
  | 'BODY_LIMIT_BYTES'
>;

/**
 * How often Node checks for connections that exceed a timeout. With its default of 30 s, slow headers could take up to
 * 40 s.
 */
const LOOK_MS = 1000;

/**
 * Connections that wait to be accepted. With Node's default of 511, some of a thousand simultaneous ones would have to
 * try again after a second. The kernel has its own maximum.
 */
export const BACKLOG = 4096;

/** A server that slow and silent clients can't fill. */
export function boundedServer(
  handler: RequestListener,
  limits: Limits,
  { connections, answers }: { readonly connections: Connections; readonly answers: RawAnswers },
): Server {
  const server = createServer(
    {
      // Up to this size, the request is read, so that its refusal can say which limit was exceeded; above it, Node
      // gives up.
      maxHeaderSize: 2 * (limits.URL_LIMIT_BYTES + limits.HEADER_LIMIT_BYTES),
      headersTimeout: Math.min(limits.HEADERS_TIMEOUT_SECONDS, limits.RECEIVE_TIMEOUT_SECONDS) * 1000,
      requestTimeout: limits.RECEIVE_TIMEOUT_SECONDS * 1000,
      keepAliveTimeout: limits.KEEP_ALIVE_SECONDS * 1000,
      connectionsCheckingInterval: LOOK_MS,
      // A request without Host is refused like any other, with a body: see early-refusals.ts.
      requireHostHeader: false,
    },
    handler,
  );
  server.on('connection', (socket) => connections.accept(socket));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // A client that asks before it sends too much need not send it.
    if (!(Number(request.headers['content-length']) > limits.BODY_LIMIT_BYTES)) response.writeContinue();
    handler(request, response);
  });
  server.on('checkExpectation', handler);
  server.on('clientError', (error, socket) => answers.refuse(error, socket));
  // This service is not a proxy.
  server.on('connect', (_request, socket) => answers.refuse(new Error('CONNECT'), socket));
  return server;
}
