import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = globSync('**/*.md', {
  exclude: ['**/node_modules', 'dist', 'reports', 'coverage', 'data'],
}).toSorted();

/** What the generators write has checks of its own; the changelog also names what is gone. */
const WRITTEN_BY_HAND = PAGES.filter(
  (page) => !/^(CHANGELOG|docs\/(behaviours|security|mutants|routes|configuration))\.md$/.test(page),
);

/** Without the code blocks, in which nothing is a link. */
const proseOf = (page: string): string => readFileSync(page, 'utf8').replaceAll(/^ *```[^]*?^ *```$/gm, '');

const linksIn = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, target = '']) => target);

/** As GitHub makes them of headings. */
function anchorsIn(page: string): ReadonlySet<string> {
  const headings = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)];
  const slugs = headings.map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(slugs);
}

function isBroken(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (!existsSync(target)) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).has(anchor);
}

const ROOTS = /^(?:src|test|scripts|bench|docs|examples)\/|\/.*\.ts$/;

/** Paths between backticks. A pattern must match something. */
const pathsIn = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/`([\w.*{},-]+\/[\w./*{},-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => ROOTS.test(path));

/** From the root, from `src/`, or from where the page is. */
const isThere = (page: string, path: string): boolean =>
  ['.', 'src', dirname(page)].some((from) => globSync(join(from, path)).length > 0);

describe('The pages of the documentation', () => {
  it('are found', () => {
    expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
  });

  it.each(PAGES)('link only to files and headings that exist: %s', (page) => {
    expect(linksIn(page).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it.each(WRITTEN_BY_HAND)('name only files and folders that exist: %s', (page) => {
    expect(pathsIn(page).filter((path) => !isThere(page, path))).toEqual([]);
  });
});
