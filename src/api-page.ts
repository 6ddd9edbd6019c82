import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { type BuiltSite, serveBuiltPages, serveBuiltSite } from './http/built-site.js';
import type { RouteTraits } from './http/route-traits.js';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Nothing is inline, because the page's policy forbids it. @param base of the other files, as seen from the page */
const page = (base: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>onesession: API</title>
    <link rel="icon" type="image/png" href="${base}favicon-32x32.png" />
    <link rel="stylesheet" href="${base}swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${base}swagger-ui-bundle.js"></script>
    <script src="${base}start.js"></script>
  </body>
</html>
`;

/**
 * The script derives the address of the API description from its own, so that it works behind a proxy and on any port
 * (F-43).
 */
const START = `const url = new URL('../openapi.json', document.currentScript.src).href;
SwaggerUIBundle({ url, dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;

const config: { readonly traits: RouteTraits } = { traits: { isPage: true } };

/** Relative to the working folder, like the bootstrap file. */
const CLIENTS_PAGE = 'docs/clients.md';

const GUIDE: BuiltSite = {
  at: '/docs/guide',
  folder: 'docs-site/dist',
  notBuilt:
    'The guide is not built here. In a checkout, run `npm run build:guide`, then load this page again.\n',
};

/** Serves Swagger UI at `GET /docs`, the guide at `GET /docs/guide`, and the instructions for clients at `GET /docs/clients`. */
export async function serveApiPage(fastify: FastifyInstance): Promise<void> {
  const root = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  await fastify.register(fastifyStatic, { root, serve: false });
  fastify.get('/docs', { config }, (request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    void reply.type('text/html; charset=utf-8').send(page(path.endsWith('/') ? './' : './docs/'));
  });
  fastify.get('/docs/start.js', { config }, (_request, reply) => {
    void reply.type('text/javascript; charset=utf-8').send(START);
  });
  fastify.get('/docs/clients', { config }, async (_request, reply) => {
    const text = await readFile(CLIENTS_PAGE, 'utf8');
    await reply.type('text/plain; charset=utf-8').send(text);
  });
  serveBuiltSite(fastify, GUIDE);
  serveBuiltPages(fastify, GUIDE);
  for (const file of FILES)
    fastify.get(`/docs/${file}`, { config }, (_request, reply) => reply.sendFile(file));
}
