import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { ConsolePage } from './console-page.js';
import { DemoShoppers } from './demo-shoppers.js';
import { BrowserService } from './service.js';

/** The built service with the demo data, and a browser for its console. */
export class RunningConsole {
  readonly shoppers: DemoShoppers;

  private constructor(
    readonly service: BrowserService,
    private readonly browser: Browser,
  ) {
    this.shoppers = new DemoShoppers(service.url);
  }

  /** @param env what differs from a service on the embedded store */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<RunningConsole> {
    const service = await BrowserService.start({}, env);
    try {
      return new RunningConsole(service, await launchChromium());
    } catch (error) {
      await service.stop();
      throw error;
    }
  }

  get url(): string {
    return this.service.url;
  }

  /** A page in a profile of its own. */
  open(options?: BrowserContextOptions): Promise<ConsolePage> {
    return ConsolePage.open(this.browser, this.url, options);
  }

  /** A page on which the demo backend is signed in. */
  async signIn(): Promise<ConsolePage> {
    const page = await this.open();
    await page.signIn();
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.service.stop();
  }
}
