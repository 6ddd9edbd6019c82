import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { BrowserService } from './support/service.js';

describe('The first page of the built service', () => {
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

  it.each([
    { name: 'welcome', colorScheme: 'light', width: 1280 },
    { name: 'welcome-narrow', colorScheme: 'dark', width: 360 },
  ] as const)(
    'is readable and styled, and asks nobody else for anything: $name',
    async ({ name, colorScheme, width }) => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      const asked: string[] = [];
      const mistakes: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      page.on('requestfailed', (request) => mistakes.push(request.url()));
      page.on('pageerror', (error) => mistakes.push(error.message));
      // A policy that is broken is told here.
      page.on('console', (message) => mistakes.push(message.text()));
      await page.goto(service.url);
      expect(await page.locator('h1').textContent()).toBe('onesession');
      expect(await page.locator('pre').first().textContent()).toContain(
        `curl '${service.url}/customerlogin/`,
      );
      expect(await page.evaluate('getComputedStyle(document.querySelector(".state")).borderRadius')).toBe(
        '16px',
      );
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      mkdirSync('reports/pages', { recursive: true });
      await page.screenshot({ path: `reports/pages/${name}.png`, fullPage: true });
      expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(new Set([service.url]));
      expect(mistakes).toEqual([]);
      await page.close();
    },
  );

  it('leads to the API and to the page about clients', async () => {
    const page = await browser.newPage();
    await page.goto(service.url);
    await page.getByRole('link', { name: 'Clients' }).click();
    await page.getByText('How to point an Emporix client').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'The API' }).click();
    await page.locator('.opblock-tag').first().waitFor();
    await page.close();
  });
});
