import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import * as client from '@onesession/client';
import * as operations from '@onesession/client/operations';
import * as cookies from '@onesession/client/storage/cookies';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from '../../packages/client/test/suite.js';
import { BehindPath } from './support/behind-path.js';
import { launchChromium } from './support/chromium.js';
import { BrowserService } from './support/service.js';

/** Of what a storefront loads, minified and gzipped. */
const MOST_BYTES = 8 * 1024;

const STOREFRONT_PART = `
  import { browserStorage, Storefront } from '@onesession/client';
  globalThis.shop = new Storefront({ url: '/', tenant: 'acme', clientId: 'web', storage: browserStorage() });
`;

const readmeBlocks = (): readonly { readonly title: string; readonly code: string }[] =>
  [
    ...readFileSync('packages/client/README.md', 'utf8').matchAll(
      /^## (.+)$(?:(?!^## )[^])*?^```js\n([^]*?)^```$/gm,
    ),
  ].map(([, title = '', code = '']) => ({ title, code }));

async function bundled(input: string, text?: string): Promise<string> {
  const given = { name: 'given', load: (id: string) => (id === input ? text : undefined) };
  const build = await rolldown({
    input,
    ...(text !== undefined && {
      plugins: [{ ...given, resolveId: (id) => (id === input ? id : undefined) }],
    }),
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  return output[0].code;
}

describe('The client', () => {
  let service: BrowserService;
  let behind: BehindPath;
  let browser: Browser;
  let shop: Server;
  let page: Page;

  beforeAll(async () => {
    const script = await bundled('packages/client/test/in-page.ts');
    shop = createServer(({ url }, response) => {
      response.setHeader('content-type', url === '/suite.js' ? 'text/javascript' : 'text/html');
      response.end(url === '/suite.js' ? script : '<!doctype html><title>shop</title>');
    });
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    service = await BrowserService.start({ acme: { allowedOrigins: [origin] } }, { RATE_LIMITS: 'off' });
    behind = await BehindPath.open(service.url.replace('localhost', '127.0.0.1'), '/session');
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(origin);
  });
  afterAll(async () => {
    await browser?.close();
    shop?.close();
    behind?.close();
    await service?.stop();
  });

  describe.each(Object.keys(CASES))('that %s', (name) => {
    it('does so in Node', () => CASES[name]?.({ client, cookies, operations, url: behind.url }));

    it('does so in Chromium, from a page of another origin', async () => {
      const call = `import('/suite.js').then(({ run }) => run(${JSON.stringify([name, behind.url]).slice(1, -1)}))`;
      expect(await page.evaluate(call)).toBeUndefined();
    });
  });

  describe.each(readmeBlocks())('as the README shows it under “$title”', ({ code }) => {
    it('runs', async () => {
      // In the package, where its own name leads to what was built.
      const file = join('packages/client/reports', `${randomUUID()}.mjs`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, code.replaceAll('http://localhost:3000', behind.url));
      const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 30_000 });
      expect(stdout).not.toBe('');
    });
  });

  it('is small for a storefront', async () => {
    const bytes = gzipSync(await bundled('storefront-part', STOREFRONT_PART)).length;
    console.log(`Client for a storefront: ${bytes} bytes, minified and gzipped`);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});
