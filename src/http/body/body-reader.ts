import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/config.schema.js';
import { Overloaded, TooLarge } from '../../shared/domain-error.js';

/**
 * What is read, and thrown away, of a body that is too large. A client that sends before it reads gets its answer that
 * way; one that is cut off while it sends gets a broken pipe (F-29).
 */
const MOST_DISCARDED = 64 * 1024 * 1024;

export type BodyLimits = Pick<Config, 'BODY_LIMIT_BYTES' | 'MAX_BODY_BYTES_WAITING'>;

/** One body that is not there yet. */
class Incoming {
  readonly chunks: Buffer[] = [];
  bytes = 0;

  constructor(readonly cut: () => void) {}
}

/** Reads bodies, and bounds the bytes of all that are still incomplete: many slow clients must not fill the memory. */
export class BodyReader {
  /** The one that began first stands first. */
  private readonly incoming = new Set<Incoming>();
  private waiting = 0;

  constructor(private readonly limits: BodyLimits) {}

  /**
   * @param most bytes, for a route that takes less than others
   * @throws TooLarge; Overloaded - it was the oldest of too many that are incomplete; Error - the client went away
   */
  read(message: IncomingMessage, most = this.limits.BODY_LIMIT_BYTES): Promise<Buffer> {
    const limit = Math.min(most, this.limits.BODY_LIMIT_BYTES);
    if (Number(message.headers['content-length']) > limit) {
      // Who asked before sending does not send it, and says so by closing.
      if (message.headers.expect === undefined) discard(message);
      return Promise.reject(tooLarge(limit));
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
          settle(() => reject(tooLarge(limit)));
          discard(message);
        } else this.keep(body, chunk);
      };
      const onEnd = (): void => settle(() => resolve(Buffer.concat(body.chunks, body.bytes)));
      const onClose = (): void => settle(() => reject(new ClientGone()));
      this.incoming.add(body);
      message.on('data', onData).on('end', onEnd).on('close', onClose);
    });
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

const tooLarge = (limit: number): TooLarge =>
  new TooLarge(`The body is larger than ${limit} bytes (setting BODY_LIMIT_BYTES)`);

const discarding = new WeakSet<IncomingMessage>();

/** Whether the rest of the body is read though it is not wanted, so that the connection may stay open. */
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
