import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPage } from './guide/api.ts';
import { brokenLinks } from './guide/links.ts';
import { siteMarkdown } from './guide/markdown.ts';
import { PAGES } from './guide/pages.ts';
import { installs, succeeds } from './run/steps.ts';

/**
 * `npm run build:guide`: the documentation as a site, in `docs-site/dist`. Its builder is a separate package, which is
 * installed when it is needed.
 *
 * GUIDE_BASE: where the site will be, `/docs/guide/` if not set. GUIDE_SOURCE_URL: where people read the source, so that
 * links to files lead there.
 */
const SITE = 'docs-site';
const FOLDER = `${SITE}/.pages`;
const BUILT = `${SITE}/dist`;
const base = process.env['GUIDE_BASE'] ?? '/docs/guide/';

/** Copies the pages to where the builder finds them, with links that fit the site. */
function collect(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  const repository = { pages: PAGES, sourceUrl: process.env['GUIDE_SOURCE_URL'] };
  for (const page of PAGES) {
    const file = join(FOLDER, `${page.to}.md`);
    mkdirSync(dirname(file), { recursive: true });
    const text = readFileSync(page.from, 'utf8');
    const markdown = page.from.endsWith('.json') ? apiPage(JSON.parse(text)) : text;
    writeFileSync(file, siteMarkdown(page, markdown, repository));
  }
  cpSync('docs/images', join(FOLDER, 'docs/images'), { recursive: true });
}

/** The builder checks links between pages only; this also checks anchors. */
function linksHold(): boolean {
  const files = globSync('**/*.html', { cwd: BUILT });
  const broken = brokenLinks(
    new Map(files.map((file) => [file, readFileSync(join(BUILT, file), 'utf8')])),
    base,
  );
  for (const line of broken) console.error(`Broken link: ${line}`);
  return broken.length === 0;
}

const passed =
  installs(SITE) &&
  (collect(), succeeds('node', [`${SITE}/node_modules/vitepress/bin/vitepress.js`, 'build', SITE])) &&
  linksHold();
process.exitCode = passed ? 0 : 1;
