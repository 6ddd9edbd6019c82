/** A key set takes a few kilobytes. */
const MOST_BYTES = 256 * 1024;

/** Returns a `fetch` that gives up on a body that is too long, because the caller would hold all of it in memory. */
export const boundedFetch =
  (mostBytes = MOST_BYTES) =>
  async (url: string, options: RequestInit): Promise<Response> => {
    const { body, status, headers } = await fetch(url, options);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      // Leaving the loop cancels the rest of the body.
      if (bytes > mostBytes)
        throw new Error(`${new URL(url).host} answered with more than ${mostBytes} bytes`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), {
      status,
      headers: { 'content-type': headers.get('content-type') ?? '' },
    });
  };
