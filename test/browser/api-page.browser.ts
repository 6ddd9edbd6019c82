import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { BrowserService } from './support/service.js';

describe('The built service describes itself', () => {
  let browser: Browser;
  let service: BrowserService;

  beforeAll(async () => {
    service = await BrowserService.start({});
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('as openapi/openapi.json does', async () => {
    const answer = await fetch(`${service.url}/openapi.json`);
    expect(await answer.json()).toEqual(JSON.parse(await readFile('openapi/openapi.json', 'utf8')));
  });

  it('on a page that a developer reads in a browser', async () => {
    const page = await browser.newPage();
    const mistakes: string[] = [];
    page.on('pageerror', (error) => mistakes.push(error.message));
    await page.goto(`${service.url}/docs`);
    await page.getByText('/session-context/{tenant}/me/context').first().waitFor();
    expect(await page.locator('.opblock-tag').count()).toBeGreaterThan(10);
    expect(mistakes).toEqual([]);
  });
});
