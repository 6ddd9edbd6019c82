import { posix } from 'node:path';
import type { Page } from './pages.ts';

/** Anchors as GitHub makes them, so that a link works there and on the site. */
export const slugOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

export const titleOf = (markdown: string): string =>
  (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replaceAll('`', '');

/** What links of a page can lead to. */
export interface Repository {
  readonly pages: readonly Page[];
  /** Where people read files that are no pages, such as `https://example.com/onesession/blob/main`. */
  readonly sourceUrl: string | undefined;
}

const IMAGE = /\.(?:png|svg)$/;
const SERVICE = 'http://127.0.0.1:3000/';

/** The page as VitePress gets it: links lead to pages of the site, and braces are text. */
export function siteMarkdown(page: Page, markdown: string, repository: Repository): string {
  const prose = splitAtCode(markdown).map(({ text, isCode }) =>
    isCode ? text : proseOf(page, text, repository),
  );
  const head = page.unsearched ? '---\nsearch: false\noutline: false\n---\n\n' : '';
  return head + prose.join('');
}

interface Part {
  readonly text: string;
  readonly isCode: boolean;
}

/** Fenced blocks, and everything between them. */
const splitAtCode = (markdown: string): readonly Part[] =>
  markdown.split(/(^ *```[^]*?^ *```$)/m).map((text, i) => ({ text, isCode: i % 2 === 1 }));

function proseOf(page: Page, text: string, repository: Repository): string {
  return text.replaceAll(/(!?)\[([^\]]*)\]\(<?([^)\s>]+)>?\)/g, (whole, bang, label, target) => {
    if (target.startsWith(SERVICE)) return toService(page, label, target.slice(SERVICE.length));
    if (/^(?:[a-z]+:|#)/.test(target)) return whole;
    const [path, anchor] = target.split('#');
    const file = posix.join(posix.dirname(page.from), decodeURIComponent(path));
    if (IMAGE.test(file)) return `${bang}[${label}](/${file})`;
    const linked = repository.pages.find(({ from }) => from === file);
    if (linked) return `[${label}](/${pathOf(linked)}${anchor === undefined ? '' : `#${anchor}`})`;
    return repository.sourceUrl === undefined ? label : `[${label}](${repository.sourceUrl}/${file})`;
  });
}

const pathOf = ({ to }: Page): string => to.replace(/(^|\/)index$/, '$1');

/** A page of the service that shows this site: VitePress would look for it among its own. */
function toService({ to }: Page, label: string, path: string): string {
  const up = '../'.repeat(to.split('/').length + 1);
  return `<a href="${up}${path}" target="_self">${label}</a>`;
}
