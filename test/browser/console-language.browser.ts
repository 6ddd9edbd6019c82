import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, type Plugin, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { launchChromium } from './support/chromium.js';

const [LINE = ''] = blocksFor(
  'test/browser/console-language.browser.ts',
  'examples/console-language/README.md',
);

/** Adds the language as the example's README says. */
const withDutch: Plugin = {
  name: 'with-dutch',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/i18n/languages.ts')
      ? `import { nl } from '${resolve('examples/console-language/nl.ts')}';\n${code.replace(
          'LANGUAGES = {',
          `LANGUAGES = {\n  ${LINE}`,
        )}`
      : undefined,
};

describe('The console with a language more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-language-'));
  let browser: Browser;
  let site: PreviewServer;
  let page: Page;

  beforeAll(async () => {
    const outDir = join(folder, 'dist');
    await build({
      root: 'console',
      configFile: 'console/vite.config.ts',
      logLevel: 'warn',
      plugins: [withDutch],
      build: { outDir, emptyOutDir: true },
    });
    site = await preview({ root: 'console', logLevel: 'warn', build: { outDir }, preview: { port: 0 } });
    browser = await launchChromium();
    page = await (await browser.newContext({ locale: 'nl-NL' })).newPage();
    const settings = { version: '1', demoClients: [{ tenant: 'acme', clientId: 'shop', secret: 's' }] };
    await page.route('**/settings.json', (route) => route.fulfill({ json: settings }));
    await page.goto(site.resolvedUrls?.local[0] ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('speaks it to people whose browser prefers it, and English where it is not translated', async () => {
    await page.getByRole('button', { name: 'Aanmelden als shop' }).waitFor();
    await page.getByLabel('Client secret').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('nl');
  });
});
