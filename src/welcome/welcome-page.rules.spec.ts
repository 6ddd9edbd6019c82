import { describe, expect, it } from 'vitest';
import { firstLines, welcomePage } from './welcome-page.rules.js';
import type { WelcomeDetails } from './welcome.types.js';

const ORIGIN = 'http://localhost:3000';
const STOREFRONT = { tenant: 'demo', clientId: 'shop' };
const BACKEND = { tenant: 'demo', clientId: 'backend', secret: 'open' };
const DETAILS: WelcomeDetails = {
  version: '1.2.3',
  store: 'embedded',
  hasDocs: true,
  hasGuide: true,
  hasConsole: true,
  demoClients: [],
};

const page = (details: Partial<WelcomeDetails> = {}): string =>
  welcomePage({ origin: ORIGIN, details: { ...DETAILS, ...details } });

describe('The welcome page', () => {
  it('tells nothing but that the service runs if there are no details', () => {
    const text = welcomePage({ origin: ORIGIN });
    expect(text).toContain('<h1>Running</h1>');
    expect(text).not.toMatch(/onesession|localhost|Version/);
  });

  it('shows the version, the store and the address', () => {
    expect(page()).toContain('<dd>1.2.3</dd>');
    expect(page()).toContain('embedded (LMDB)');
    expect(page({ store: 'mongo' })).toContain('MongoDB');
    expect(page()).toContain(`<code>${ORIGIN}</code>`);
  });

  it('links the documentation only if it is served', () => {
    expect(page()).toContain('href="docs"');
    expect(page({ hasDocs: false })).not.toMatch(/href="(?:docs|openapi)/);
  });

  it('links the guide only if it is built, and says how to build it', () => {
    expect(page()).toContain('href="docs/guide/"');
    expect(page({ hasGuide: false })).not.toContain('href="docs/guide/"');
    expect(page({ hasGuide: false })).toContain('<code>npm run build:guide</code>');
    expect(page({ hasDocs: false, hasGuide: false })).not.toContain('guide');
  });

  it('offers the console with one click for each demo client that has a secret', () => {
    const text = page({ demoClients: [STOREFRONT, BACKEND] });
    expect(text).toContain('<a href="console/#demo=backend">Open the console of demo as backend</a>');
    expect(text).not.toContain('#demo=shop');
    expect(page()).toContain('<a href="console/">Open the console</a>');
    expect(page({ hasConsole: false })).not.toContain('console/');
  });

  it('lists the demo clients, if there are any', () => {
    expect(page()).not.toContain('Demo clients');
    const text = page({ demoClients: [STOREFRONT, BACKEND] });
    expect(text).toContain('<code>shop</code></td><td>none: public</td>');
    expect(text).toContain('<code>backend</code></td><td><code>open</code></td>');
  });

  it('escapes every value for HTML', () => {
    const evil = `<b a="1" c='2'>&`;
    const demoClients = [
      { tenant: evil, clientId: evil },
      { tenant: evil, clientId: evil, secret: evil },
    ];
    const text = welcomePage({ origin: evil, details: { ...DETAILS, version: evil, demoClients } });
    expect(text).not.toContain('<b a');
    expect(text).toContain('<dd>&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;</dd>');
  });
});

describe('The first commands', () => {
  it('get sessions with a public client, and a token with a secret one', () => {
    const [emporix, vtex, token, ...more] = firstLines(ORIGIN, [BACKEND, STOREFRONT]);
    expect(emporix).toContain('/anonymous/login?tenant=demo&client_id=shop');
    expect(vtex).toContain('/api/sessions?an=demo');
    expect(token).toContain('client_id=backend -d client_secret=open');
    expect(more).toEqual([]);
  });

  it('leave out what no client can do', () => {
    expect(firstLines(ORIGIN, [])).toEqual([]);
    expect(firstLines(ORIGIN, [STOREFRONT])).toHaveLength(2);
    expect(firstLines(ORIGIN, [BACKEND])).toHaveLength(1);
  });
});
