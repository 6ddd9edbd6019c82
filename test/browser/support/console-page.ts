import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The name of what has the focus: its label, or its text. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  return one?.labels?.[0]?.textContent ?? one?.getAttribute('aria-label') ?? one?.textContent ?? '';
})()`;

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What an employee does in the console, by the roles and names that a person perceives. */
export class ConsolePage {
  /** Errors of scripts, and what the page's policy refused. */
  readonly mistakes: string[] = [];
  readonly askedOrigins = new Set<string>();

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('pageerror', (error) => this.mistakes.push(error.message));
    page.on('console', (message) => {
      // The browser reports each refused request itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.mistakes.push(message.text());
    });
    page.on('request', (request) => this.askedOrigins.add(new URL(request.url()).origin));
  }

  static async open(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<ConsolePage> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      locale: 'en',
      ...options,
    });
    return new ConsolePage(await context.newPage(), url);
  }

  /** As one of the demo clients, by its button. */
  async signIn(clientId = 'acme-backend'): Promise<void> {
    await this.page.goto(`${this.url}/console`);
    await this.button(`Sign in as ${clientId}`).click();
    await this.heading('Sessions').waitFor();
  }

  /** @param path as in the address: `sessions/123` */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(`#/${path}`)}`);
  }

  async find(text: string): Promise<void> {
    const search = this.page.getByRole('search');
    await search.getByRole('searchbox', { name: 'Find' }).fill(text);
    await search.getByRole('button', { name: 'Find' }).click();
  }

  /** Presses Tab until what has this name has the focus. @throws Error if nothing has */
  async tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      await this.page.keyboard.press('Tab');
      if ((await this.page.evaluate<string>(FOCUSED)) === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true, level: 1 });
  }

  card(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Waits until nothing is being loaded. */
  async settled(): Promise<void> {
    await this.page.locator('.loading, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  }

  /** What axe finds wrong, a line each. */
  async violations(): Promise<readonly string[]> {
    await this.settled();
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate<readonly AxeViolation[]>(
      'axe.run(document).then((r) => r.violations)',
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
