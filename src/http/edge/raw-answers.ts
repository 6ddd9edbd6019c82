import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { errorBody, errorMediaType, failure } from '../errors/error-bodies.js';
import type { HeaderSet } from './answer-headers.js';

/** How long a client may take to read the answer and close, before it is cut off. */
const LINGER_MS = 1000;

/** A request that Node could not read. */
export interface ClientError extends Error {
  readonly code?: string;
  /** The last bytes received: usually the beginning of the request. */
  readonly rawPacket?: unknown;
}

const REASONS: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'The URL or the headers are larger than this service takes (settings URL_LIMIT_BYTES, HEADER_LIMIT_BYTES)',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time; send it again'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of the chunks are larger than this service takes'],
};

const NO_REQUEST = [400, 'This is no HTTP request that can be read'] as const;

/** Answers what Fastify never sees: input that is not HTTP, too large, or too slow. */
export class RawAnswers {
  private readonly answered = new WeakSet<Duplex>();

  constructor(
    private readonly headers: HeaderSet,
    private readonly pino: Logger,
  ) {}

  refuse(error: ClientError, socket: Duplex): void {
    if (this.answered.has(socket)) return;
    this.answered.add(socket);
    // Nobody would read the response, or another one is half sent.
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const [status, message] = REASONS[error.code ?? ''] ?? NO_REQUEST;
    this.pino.debug({ context: 'http', status, code: error.code }, 'unreadable request');
    socket.end(this.textOf(status, message, targetIn(error.rawPacket)));
    // If the connection were closed at once, a client that is still sending would never see the answer.
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  private textOf(status: number, message: string, target: string): string {
    const body = JSON.stringify(errorBody(target, failure(status, message)));
    const headers = {
      ...this.headers,
      'cache-control': 'no-store',
      'x-request-id': crypto.randomUUID(),
      'content-type': errorMediaType(target),
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
  }
}

/** Node keeps the response that a socket is busy with under this name. */
function isAnswering(socket: Duplex & { readonly _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}

function targetIn(packet: unknown): string {
  const begin = Buffer.isBuffer(packet) ? packet.toString('latin1', 0, 2100) : '';
  return /^[A-Z-]+ (\S{1,2000})/.exec(begin)?.[1] ?? '/';
}
