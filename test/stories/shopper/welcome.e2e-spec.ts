import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/people/raw-client.js';
import { typed } from '../../support/programs/shell.js';
import { openShop, type Shop } from '../../support/shop.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('The first page', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const page = (accept = BROWSER) => shop.http.get('/').set('accept', accept);

  it('tells a person what runs here and what to try first', async () => {
    const { text, headers } = await page().expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('<h1>onesession</h1>');
    expect(text).toMatch(/<dt>Version<\/dt>\s*<dd>\d+\.\d+\.\d+<\/dd>/);
    expect(text).toMatch(shop.storage.driver === 'mongo' ? /<dd>MongoDB</ : /<dd>embedded \(LMDB\)</);
    expect(text.match(/<pre><code>curl /g)).toHaveLength(3);
    expect(text).toContain('acme-backend-secret');
  });

  it('has first commands that work as they are', async () => {
    const { text } = await page().expect(200);
    const lines = [...text.matchAll(/<pre><code>(curl .*)<\/code><\/pre>/g)].map(([, line = '']) =>
      unescaped(line),
    );
    for (const line of lines) {
      const { code, said } = await typed(line.replace('curl ', 'curl -fsS '));
      expect(code, `${line}\n${said}`).toBe(0);
    }
    expect(lines.map((line) => line.includes(shop.url))).toEqual([true, true, true]);
  });

  it('has working links, and nothing from elsewhere', async () => {
    const { text, headers } = await page().expect(200);
    const targets = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, target = '']) => target);
    expect(targets).toEqual(expect.arrayContaining(['welcome.css', 'docs', 'docs/clients', 'health/ready']));
    for (const target of targets.filter((one) => one !== 'data:,')) {
      expect(target).not.toMatch(/^(?:[a-z]+:|\/)/);
      await shop.http.get(`/${target}`).expect(200);
    }
    expect(text).not.toMatch(/<style|style="|<script| on\w+="/);
    expect(headers['content-security-policy']).toContain("style-src 'self'");
    expect((await shop.http.get('/welcome.css').expect(200)).headers['content-type']).toBe(
      'text/css; charset=utf-8',
    );
  });

  it.each([
    'application/json',
    '*/*',
    'application/json, text/plain, */*',
    'text/html;q=0.4, application/json',
    'text/html;q=0',
  ])('is JSON for callers that ask by %s', async (accept) => {
    const { body, headers } = await page(accept).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers.vary).toBe('Accept');
    expect(body).toMatchObject({ status: 'ok', name: 'onesession', store: shop.storage.driver });
    expect(body.links.docs).toBe(`${shop.url}/docs`);
  });

  it('shows the address of the request, and no made-up one [P-50]', async () => {
    const shown = async (host: string) => {
      const client = await RawClient.to(shop.url);
      const answer = await client
        .send(`GET / HTTP/1.1\r\naccept: text/html\r\nhost: ${host}\r\n\r\n`)
        .answer();
      client.drop();
      return answer;
    };
    expect((await shown('shop.test:81')).text).toContain('curl &#39;http://shop.test:81/customerlogin');
    for (const host of ["a'b", '$(x)', '']) {
      const { text } = await shown(host);
      expect(text, host).toContain('<code>http://onesession.test</code>');
      expect(text, host).not.toContain('<script');
    }
    for (const host of ['a"><script>', 'a b', 'a/../b']) {
      const { status, text } = await shown(host);
      expect({ host, status }).toEqual({ host, status: 400 });
      expect(text).not.toContain(host);
    }
  });
});

describe('In production, the first page', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { NODE_ENV: 'production', RATE_LIMITS: 'on', BOOTSTRAP_FILE: '' } });
  });
  afterAll(() => shop.close());

  it('says only that the service is running', async () => {
    expect((await shop.http.get('/').expect(200)).body).toEqual({ status: 'ok' });
    const { text } = await shop.http.get('/').set('accept', BROWSER).expect(200);
    expect(text).not.toMatch(/onesession|\d\.\d|embedded|mongo|acme|curl/i);
  });
});

const unescaped = (html: string): string => html.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
