import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RouteTraits } from './route-traits.js';

/** A site that the build makes. The service starts without it. */
export interface BuiltSite {
  /** Where it is served: `/console`. */
  readonly at: string;
  /** Relative to the working folder, like the bootstrap file. */
  readonly folder: string;
  /** The response while the folder is empty. It says how to build the site. */
  readonly notBuilt: string;
}

/** The documentation, for people. */
export const GUIDE: BuiltSite = {
  at: '/docs/guide',
  folder: 'docs-site/dist',
  notBuilt:
    'The guide is not built here. In a checkout, run `npm run build:guide`, then load this page again.\n',
};

export const isBuilt = ({ folder }: BuiltSite): boolean => existsSync(resolve(folder, 'index.html'));

const ONE_YEAR_MS = 365 * 24 * 3600 * 1000;

const PAGE: { readonly traits: RouteTraits } = { traits: { isPage: true } };

/** Serves the first page of a site, and its assets. Needs `serveApiPage`, which lets fastify send files. */
export function serveBuiltSite(fastify: FastifyInstance, site: BuiltSite): void {
  const { at, notBuilt } = site;
  const root = resolve(site.folder);
  fastify.get(at, { config: PAGE }, (request, reply) => {
    const [path = '', query] = request.url.split('?', 2);
    // Relative, so that it works behind a proxy that adds a prefix. Browsers keep the fragment.
    if (!path.endsWith('/'))
      return reply.redirect(`${at.split('/').at(-1)}/${query === undefined ? '' : `?${query}`}`);
    if (!isBuilt(site)) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
    return sendPage(reply, 'index.html', root);
  });
  fastify.get<{ Params: { '*': string } }>(`${at}/assets/*`, { config: PAGE }, ({ params }, reply) =>
    // The names contain a hash of the content.
    reply.sendFile(`assets/${params['*']}`, root, { maxAge: ONE_YEAR_MS, immutable: true }),
  );
}

/** Serves all other files of a site; a page has no ending in its address. */
export function serveBuiltPages(fastify: FastifyInstance, { at, folder }: BuiltSite): void {
  const root = resolve(folder);
  fastify.get<{ Params: { '*': string } }>(`${at}/*`, { config: PAGE }, ({ params }, reply) => {
    const path = params['*'].replace(/\/$/, '/index');
    return sendPage(reply, path, root);
  });
}

const sendPage = (reply: FastifyReply, path: string, root: string): FastifyReply =>
  reply
    .header('cache-control', 'no-cache')
    .sendFile(path, root, { cacheControl: false, extensions: ['html'] });
