import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

type Shown = Readonly<Record<string, Readonly<Record<string, { readonly value: string }>>>>;

/** A tenant's own app at an address of this machine. */
export interface SessionAppServer {
  readonly url: string;
  /** The bodies that were posted to it, in order. */
  readonly calls: readonly Shown[];
  close(): void;
}

/** @param behave answers instead, for an app that misbehaves */
export async function sessionAppServer(
  answer: (inputs: Shown) => unknown,
  behave?: RequestListener,
): Promise<SessionAppServer> {
  const calls: Shown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const inputs: Shown = JSON.parse(Buffer.concat(chunks).toString());
    calls.push(inputs);
    if (behave) behave(request, response);
    else response.end(JSON.stringify(answer(inputs)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, calls, close: () => server.close().closeAllConnections() };
}
