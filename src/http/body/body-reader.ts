import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/config.schema.js';
import { Overloaded, TooLarge } from '../../shared/domain-error.js';

/**
 * How many bytes of a body that is too large are read and discarded. A client that sends before it reads then gets its
 * answer; one that is cut off while sending gets a broken pipe (F-29).
 */
const MOST_DISCARDED = 64 * 1024 * 1024;

export type BodyLimits = Pick<Config, 'BODY_LIMIT_BYTES' | 'MAX_BODY_BYTES_WAITING'>;

/** A body that is not complete yet. */
class Incoming {
  readonly chunks: Buffer[] = [];
  bytes = 0;

  constructor(readonly cut: () => void) {}
}

/**
 * Reads bodies, and limits the bytes of all incomplete ones together, so that many slow clients can't fill the memory
 * (X-09).
 */
export class BodyReader {
  /** In the order in which they began. */
  private readonly incoming = new Set<Incoming>();
  private waiting = 0;

  constructor(private readonly limits: BodyLimits) {}

  /**
   * @param most bytes, for a route with a lower limit
   * @throws TooLarge; Overloaded if this was the oldest of too many incomplete bodies; Error if the client went away
   */
  read(message: IncomingMessage, most = this.limits.BODY_LIMIT_BYTES): Promise<Buffer> {
    const limit = Math.min(most, this.limits.BODY_LIMIT_BYTES);
    if (Number(message.headers['content-length']) > limit) {
      // A client that sent `Expect` waits for the answer, so it sends no body and closes the connection.
      if (message.headers.expect === undefined) discard(message);
      return Promise.reject(this.tooLarge(limit));
    }
    if (message.destroyed) return Promise.reject(new ClientGone());
    return new Promise((resolve, reject) => {
      const body = new Incoming(() => settle(() => reject(new Overloaded())));
      const settle = (answer: () => void): void => {
        this.forget(body);
        message.off('data', onData).off('end', onEnd).off('close', onClose);
        answer();
      };
      const onData = (chunk: Buffer): void => {
        if (body.bytes + chunk.length > limit) {
          settle(() => reject(this.tooLarge(limit)));
          discard(message);
        } else this.keep(body, chunk);
      };
      const onEnd = (): void => settle(() => resolve(Buffer.concat(body.chunks, body.bytes)));
      const onClose = (): void => settle(() => reject(new ClientGone()));
      this.incoming.add(body);
      message.on('data', onData).on('end', onEnd).on('close', onClose);
    });
  }

  private tooLarge(limit: number): TooLarge {
    const setting = limit === this.limits.BODY_LIMIT_BYTES ? ' (setting BODY_LIMIT_BYTES)' : '';
    return new TooLarge(`The body is larger than ${limit} bytes${setting}`);
  }

  private keep(body: Incoming, chunk: Buffer): void {
    body.chunks.push(chunk);
    body.bytes += chunk.length;
    this.waiting += chunk.length;
    if (this.waiting <= this.limits.MAX_BODY_BYTES_WAITING) return;
    const [oldest] = this.incoming;
    oldest?.cut();
  }

  private forget(body: Incoming): void {
    if (this.incoming.delete(body)) this.waiting -= body.bytes;
  }
}

/** Nobody will read the answer. */
class ClientGone extends Error {
  readonly statusCode = 400;
}

const discarding = new WeakSet<IncomingMessage>();

/** Tells whether the rest of an unwanted body is being read, so that the connection may stay open. */
export const isDiscarded = (message: IncomingMessage): boolean => discarding.has(message);

function discard(message: IncomingMessage): void {
  discarding.add(message);
  let bytes = 0;
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_DISCARDED) message.destroy();
  });
  message.resume();
}
