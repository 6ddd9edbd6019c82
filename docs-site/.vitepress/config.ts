import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformerStyleToClass } from '@shikijs/transformers';
import { defineConfig } from 'vitepress';
import { slugOf, titleOf } from '../../scripts/guide/markdown.ts';
import { GROUPS } from '../../scripts/guide/pages.ts';
import { withoutInline } from '../../scripts/guide/strict-html.ts';
import { drawDiagrams } from './diagrams.ts';

/** Where the site is served: by the service at `/docs/guide/`, or where it is published. */
const base = process.env['GUIDE_BASE'] ?? '/docs/guide/';

/** Copies that fit the site; `scripts/guide.ts` makes them. */
const PAGES = 'docs-site/.pages';

const colours = transformerStyleToClass({ classPrefix: 'c-' });
const scripts = new Map<string, string>();
/** Not among the assets, because its name has no hash. */
const COLOURS = 'code.css';

// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  title: 'onesession',
  description: 'A self-hosted session layer for commerce storefronts: one session, two dialects',
  srcDir: '.pages',
  outDir: 'dist',
  cleanUrls: true,
  base,
  metaChunk: true,
  // It would be an inline style.
  appearance: { disableTransition: false },
  head: [['link', { rel: 'stylesheet', href: `${base}${COLOURS}` }]],
  markdown: {
    anchor: { slugify: slugOf },
    // Braces are those of paths: `/cart/{tenant}`.
    attrs: { disable: true },
    languageAlias: { vcl: 'c' },
    codeTransformers: [colours],
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (md) => drawDiagrams(md, `${PAGES}/public`),
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'API', link: '/api' },
      { text: 'Operate', link: '/operations' },
    ],
    sidebar: GROUPS.map(({ text, pages }) => ({
      text,
      items: pages.map(({ to }) => ({
        text: titleOf(readFileSync(`${PAGES}/${to}.md`, 'utf8')),
        link: `/${to.replace(/(^|\/)index$/, '$1')}`,
      })),
    })),
  },
  transformHtml(html) {
    const page = withoutInline(html, base);
    for (const [name, code] of page.scripts) scripts.set(name, code);
    return page.html;
  },
  buildEnd({ outDir }) {
    const files = new Map(scripts).set(COLOURS, colours.getCSS());
    for (const [name, text] of files) {
      mkdirSync(dirname(join(outDir, name)), { recursive: true });
      writeFileSync(join(outDir, name), text);
    }
  },
});
