/**
 * Reads a body to its end. Leaving the loop cancels the rest, so no more than a chunk beyond the limit is ever held.
 * @throws what `tooLarge` makes - the body has more bytes
 */
export async function readBounded(
  body: AsyncIterable<Uint8Array>,
  mostBytes: number,
  tooLarge: () => Error,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
