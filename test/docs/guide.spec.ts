import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiPage } from '../../scripts/guide/api.js';
import { DIFFERENCES, differencesPage, readSettings } from '../../scripts/guide/differences.js';
import { brokenLinks } from '../../scripts/guide/links.js';
import { siteMarkdown, slugOf } from '../../scripts/guide/markdown.js';
import { PAGES } from '../../scripts/guide/pages.js';
import { withoutInline } from '../../scripts/guide/strict-html.js';

const repository = {
  pages: [
    { from: 'docs/guide/start.md', to: 'start' },
    { from: 'docs/decisions/README.md', to: 'decisions/index' },
  ],
  sourceUrl: undefined,
};
const START = { from: 'docs/guide/start.md', to: 'start' };

describe('The pages of the guide', () => {
  it('are files of the repository, each once', () => {
    expect(PAGES.filter(({ from }) => !existsSync(from))).toEqual([]);
    expect(new Set(PAGES.map(({ to }) => to)).size).toBe(PAGES.length);
  });

  it('include all that is written in docs/, but for the list of mutants', () => {
    const shown = new Set(PAGES.map(({ from }) => from));
    const written = globSync('docs/**/*.md').filter((page) => !shown.has(page));
    expect(written).toEqual(['docs/mutants.md']);
  });

  it('say of each decision how to set it, by settings that exist (npm run docs)', () => {
    expect(readFileSync(DIFFERENCES, 'utf8')).toBe(differencesPage());
    const documented = ['docs/configuration.md', 'docs/bootstrap.md'].map((page) =>
      readFileSync(page, 'utf8'),
    );
    const named = Object.values(readSettings()).flat();
    expect(named.filter((name) => !documented.some((page) => page.includes(`\`${name}\``)))).toEqual([]);
  });
});

describe('A link of a page', () => {
  const onSite = (markdown: string, sourceUrl?: string) =>
    siteMarkdown(START, markdown, { ...repository, sourceUrl });

  it('leads to the page of the site', () => {
    expect(onSite('[`d`](../decisions/README.md#a)')).toBe('[`d`](/decisions/#a)');
    expect(onSite('[here](#a) [there](https://example.com)')).toBe('[here](#a) [there](https://example.com)');
  });

  it('to a file that is no page is text, unless people can read the source somewhere', () => {
    expect(onSite('[main](../../src/main.ts)')).toBe('main');
    expect(onSite('[main](../../src/main.ts)', 'https://git.test/o')).toBe(
      '[main](https://git.test/o/src/main.ts)',
    );
  });

  it('to the service leads to the service that shows the page, below any prefix', () => {
    const link = '<a href="../../console/" target="_self">console</a>';
    expect(onSite('[console](http://127.0.0.1:3000/console/)')).toBe(link);
  });

  it('in a block of code is code', () => {
    const code = '```sh\n[a](../../src/main.ts)\n```\n';
    expect(onSite(code)).toBe(code);
  });

  it('is found broken if the built site has no such page or heading', () => {
    const files = new Map([
      ['index.html', '<a href="/g/a">1</a><a href="/g/b">2</a><a href="a#x">3</a><a href="a#y">4</a>'],
      ['a.html', '<h2 id="x">'],
    ]);
    expect(brokenLinks(files, '/g/')).toEqual(['index.html: /g/b', 'index.html: a#y']);
  });

  it('names a heading as GitHub does', () => {
    expect(slugOf('What is *not* here: `/a`')).toBe('what-is-not-here-a');
  });
});

describe('A page of the built guide', () => {
  it('has nothing inline, so that the policy of the service lets it work [X-16]', () => {
    const html =
      '<head><script id="a">b()</script><script type="module" src="/g/c.js"></script></head>' +
      '<body><p class="d" style="color:red">e</p></body>';
    const strict = withoutInline(html, '/g/');
    expect(strict.html).toMatch(
      /<script id="a" src="\/g\/assets\/inline\.\w{8}\.js"><\/script><script type="module" src="\/g\/c.js">/,
    );
    expect(strict.html).toContain('<p class="d">e</p>');
    expect([...strict.scripts.values()]).toEqual(['b()']);
  });
});

describe('The reference of the API', () => {
  it('has every operation of the description, with its parameters and answers', () => {
    const description = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
    const page = apiPage(description);
    const operations = Object.values<object>(description.paths).flatMap((path) =>
      Object.keys(path).filter((key) => key !== 'parameters'),
    );
    expect(page.match(/^### [A-Z]+ \//gm)).toHaveLength(operations.length);
    expect(page).toMatch(/^### GET \/session-context\/\{tenant\}\/me\/context$/m);
    expect(page).toContain('- **401** ');
  });

  it('shows markup as text', () => {
    const page = apiPage({ paths: { '/a': { get: { summary: '<b> {{ c }}' } } } });
    expect(page).toContain('&lt;b> {&#8203;{ c }}');
  });
});
