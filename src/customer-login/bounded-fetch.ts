import { readBounded } from '../http/upstream/bounded-body.js';

/** A key set takes a few kilobytes. */
const MOST_BYTES = 256 * 1024;

/** Returns a `fetch` that gives up on a body that is too long, because the caller would hold all of it in memory. */
export const boundedFetch =
  (mostBytes = MOST_BYTES) =>
  async (url: string, options: RequestInit): Promise<Response> => {
    const { body, status, headers } = await fetch(url, options);
    const tooLarge = () => new Error(`${new URL(url).host} answered with more than ${mostBytes} bytes`);
    const read = body ? await readBounded(body, mostBytes, tooLarge) : Buffer.alloc(0);
    return new Response(read, {
      status,
      headers: { 'content-type': headers.get('content-type') ?? '' },
    });
  };
