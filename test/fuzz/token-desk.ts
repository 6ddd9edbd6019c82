import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenDesk {
  readonly url: string;
  close(): void;
}

/** Gives a token to every caller of `/<name>`: schemathesis logs in here, and again when a request ended its session. */
export async function openTokenDesk(
  tokens: Readonly<Record<string, () => Promise<string>>>,
): Promise<TokenDesk> {
  const server = createServer((request, response) => {
    const token = tokens[request.url?.slice(1) ?? ''];
    Promise.resolve(token?.()).then(
      (access_token) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
