import type { Browser, Page } from 'playwright-core';

export interface Answered {
  readonly status: number;
  readonly body: ReturnType<JSON['parse']>;
}

/** What goes to the page: plain data. */
interface Call {
  readonly url: string;
  readonly options: {
    readonly method?: string;
    readonly credentials?: 'omit';
    readonly headers?: Record<string, string>;
    readonly body?: string;
  };
}

/** A page of a storefront, and what its scripts can do. */
export class ShopPage {
  private constructor(
    private readonly page: Page,
    private readonly service: string,
  ) {}

  /** In a profile of its own. */
  static async open(browser: Browser, origin: string, service: string): Promise<ShopPage> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(origin);
    return new ShopPage(page, service);
  }

  /** In the same profile. */
  async other(origin: string): Promise<ShopPage> {
    const page = await this.page.context().newPage();
    await page.goto(origin);
    return new ShopPage(page, this.service);
  }

  /** @returns undefined when the browser does not let the page see the answer */
  fetch(path: string, init: Call['options'] = {}): Promise<Answered | undefined> {
    const call = async ({ url, options }: Call): Promise<Answered | undefined> => {
      try {
        const answer = await fetch(url, { credentials: 'include', ...options });
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
      } catch {
        return undefined;
      }
    };
    return this.page.evaluate(call, { url: `${this.service}${path}`, options: init });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered | undefined> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.fetch(path, { method: 'POST', headers: all, body: JSON.stringify(body) });
  }

  /** What scripts see of cookies. */
  scriptCookies(): Promise<string> {
    return this.page.evaluate<string>('document.cookie');
  }

  /** What the browser keeps for the service. */
  async keptCookies(): Promise<
    readonly { name: string; httpOnly: boolean; secure: boolean; sameSite: string }[]
  > {
    const cookies = await this.page.context().cookies();
    return cookies
      .filter(({ name }) => name.startsWith('vtex_'))
      .map(({ name, httpOnly, secure, sameSite }) => ({ name, httpOnly, secure, sameSite }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
