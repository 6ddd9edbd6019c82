import type { FastifyInstance } from 'fastify';
import { demoClientsOf, readBootstrap } from '../bootstrap/index.js';
import type { Config } from '../config/config.schema.js';
import { type BuiltSite, serveBuiltSite } from '../http/built-site.js';
import type { RouteTraits } from '../http/route-traits.js';
import { VERSION } from '../shared/version.js';

const CONSOLE: BuiltSite = {
  at: '/console',
  folder: 'console/dist',
  notBuilt: 'The console is not built yet. Run `npm run build`, then load this page again.\n',
};

const PAGE: { readonly traits: RouteTraits } = { traits: { isPage: true } };

/** What the console must know before anybody has signed in. */
interface ConsoleSettings {
  readonly version: string;
  /** Where the public API is, if the console has its own port. */
  readonly publicUrl?: string;
  /** Clients with published secrets, for a sign-in with one click. */
  readonly demoClients: readonly { tenant: string; clientId: string; secret: string }[];
}

/** Serves the console's files at `/console`. Needs `serveApiPage`, which lets fastify send files. */
export async function serveConsole(fastify: FastifyInstance, config: Config): Promise<void> {
  if (config.CONSOLE === 'off') return;
  const shown = await settingsOf(config);
  serveBuiltSite(fastify, CONSOLE);
  fastify.get('/console/settings.json', { config: PAGE }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send(shown),
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
