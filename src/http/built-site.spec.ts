import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveBuiltPages, serveBuiltSite } from './built-site.js';

describe('A site that the build makes', () => {
  let folder: string;
  let server: FastifyInstance;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onesession-site-'));
    mkdirSync(join(folder, 'site/assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.html'), 'secret');
    server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
    await server.register(fastifyStatic, { root: folder, serve: false });
    const site = { at: '/docs/guide', folder: join(folder, 'site'), notBuilt: 'Run the build.' };
    serveBuiltSite(server, site);
    serveBuiltPages(server, site);
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, text: string): void => writeFileSync(join(folder, 'site', path), text);
  const get = (url: string) => server.inject({ url });

  it('says how to build it until it is built', async () => {
    const { statusCode, body } = await get('/docs/guide/');
    expect({ statusCode, body }).toEqual({ statusCode: 503, body: 'Run the build.' });
    expect((await get('/docs/guide/start')).statusCode).toBe(404);
  });

  it('is served with its first page at a path that ends with a slash, below any prefix', async () => {
    write('index.html', 'home');
    expect((await get('/docs/guide?a=1')).headers.location).toBe('guide/?a=1');
    expect((await get('/docs/guide/')).body).toBe('home');
  });

  it('has pages whose addresses have no ending, and asks again whether they have changed', async () => {
    write('start.html', 'start');
    const { body, headers } = await get('/docs/guide/start');
    expect(body).toBe('start');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('has assets that never change, and lets nobody keep the news that one is missing', async () => {
    write('assets/a.123.js', '1');
    const { headers } = await get('/docs/guide/assets/a.123.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const missing = await get('/docs/guide/assets/b.js');
    expect(missing.statusCode).toBe(404);
    expect(missing.headers).not.toHaveProperty('cache-control');
  });

  it.each(['/docs/guide/../secret', '/docs/guide/%2e%2e/secret', '/docs/guide/..%2fsecret.html'])(
    'holds nothing outside its folder: %s',
    async (path) => {
      const { statusCode, body } = await get(path);
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(body).not.toBe('secret');
    },
  );
});
