import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { demoClientsOf, readBootstrap } from '../bootstrap/index.js';
import type { Config } from '../config/config.schema.js';
import type { RouteTraits } from '../http/route-traits.js';
import { VERSION } from '../shared/version.js';

/** Relative to the working folder, like the bootstrap file. `npm run build` makes it. */
const BUILT = 'console/dist';

const NOT_BUILT = 'The console is not built yet. Run `npm run build`, then load this page again.\n';

const PAGE: { readonly traits: RouteTraits } = { traits: { isPage: true } };

/** What the console must know before anybody has signed in. */
interface ConsoleSettings {
  readonly version: string;
  /** Where the public API is, if the console has a port of its own. */
  readonly publicUrl?: string;
  /** Clients with published secrets, for a sign-in with one click. */
  readonly demoClients: readonly { tenant: string; clientId: string; secret: string }[];
}

/** Serves the console's files at `/console`. Needs `serveApiPage`, which lets fastify send files. */
export async function serveConsole(fastify: FastifyInstance, config: Config): Promise<void> {
  if (config.CONSOLE === 'off') return;
  const root = resolve(BUILT);
  const shown = await settingsOf(config);
  fastify.get('/console', { config: PAGE }, (request, reply) => {
    const [path = '', query] = request.url.split('?', 2);
    // Relative, so that it works behind a proxy that adds a prefix. Browsers keep the fragment.
    if (!path.endsWith('/')) return reply.redirect(`console/${query === undefined ? '' : `?${query}`}`);
    if (!existsSync(resolve(root, 'index.html')))
      return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    return reply.header('cache-control', 'no-cache').sendFile('index.html', root, { cacheControl: false });
  });
  fastify.get('/console/settings.json', { config: PAGE }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send(shown),
  );
  fastify.get<{ Params: { file: string } }>('/console/assets/:file', { config: PAGE }, ({ params }, reply) =>
    // The names contain a hash of the content.
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .sendFile(`assets/${params.file}`, root, { cacheControl: false }),
  );
}

async function settingsOf(config: Config): Promise<ConsoleSettings> {
  const demo = config.NODE_ENV === 'production' ? [] : demoClientsOf(await readBootstrap(config));
  return {
    version: VERSION,
    ...(config.ADMIN_PORT !== undefined && { publicUrl: config.ISSUER }),
    demoClients: demo.flatMap(({ tenant, clientId, secret }) =>
      secret === undefined ? [] : [{ tenant, clientId, secret }],
    ),
  };
}
