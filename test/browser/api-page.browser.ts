import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { BrowserService } from './support/service.js';

describe('The built service describes itself', () => {
  let browser: Browser;
  let service: BrowserService;

  beforeAll(async () => {
    // With the routes of the operator and of agents, which are described too.
    const env = { OPERATOR_SECRET: 'the operator of this test alone: 32', UCP: 'on' };
    service = await BrowserService.start({}, env);
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
    await page.locator('.opblock').first().waitFor();
    const { tags, paths } = await readDown(page);
    expect(tags.size).toBeGreaterThan(10);
    expect(paths).toContain('/session-context/{tenant}/me/context');
    expect(mistakes).toEqual([]);
  });
});

/** Swagger UI shows of a long page what is in view: a reader scrolls. */
async function readDown(page: Page): Promise<{ tags: Set<string>; paths: Set<string> }> {
  const [tags, paths] = [new Set<string>(), new Set<string>()];
  const atEnd = () => page.evaluate('scrollY + innerHeight >= document.documentElement.scrollHeight - 1');
  do {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
    for (const tag of await page.locator('.opblock-tag').allInnerTexts()) tags.add(tag);
    // Zero-width spaces let a long path break.
    for (const path of await page.locator('.opblock-summary-path').allTextContents()) {
      paths.add(path.replaceAll('\u200b', ''));
    }
  } while (!(await atEnd()));
  return { tags, paths };
}
