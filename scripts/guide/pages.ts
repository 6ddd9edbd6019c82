import { globSync } from 'node:fs';

/** A page of the site: from which file of the repository, at which path of the site. */
export interface Page {
  readonly from: string;
  readonly to: string;
  /** Leave it out of the search: long lists that would bury everything else. */
  readonly unsearched?: boolean;
}

export interface Group {
  readonly text: string;
  readonly pages: readonly Page[];
}

const guide = (...names: readonly string[]): readonly Page[] =>
  names.map((name) => ({ from: `docs/guide/${name}.md`, to: name }));

const docs = (...names: readonly string[]): readonly Page[] =>
  names.map((name) => ({ from: `docs/${name}.md`, to: name }));

/** The order of the navigation. A page of `docs/` that is not here is not part of the site. */
export const GROUPS: readonly Group[] = [
  { text: 'Begin', pages: guide('start', 'tutorial', 'vtex-tutorial', 'sessions') },
  {
    text: 'Build a storefront',
    pages: [
      { from: 'packages/client/README.md', to: 'client' },
      { from: 'examples/storefront/README.md', to: 'storefront' },
      { from: 'examples/bruno/README.md', to: 'bruno' },
      ...docs('clients', 'live', 'handover', 'agents', 'ucp'),
      ...guide('caching'),
    ],
  },
  {
    text: 'Move here',
    pages: [
      ...guide('from-emporix', 'from-vtex'),
      ...docs('moving', 'wire-differences'),
      ...guide('differences'),
    ],
  },
  {
    text: 'Extend',
    pages: [
      { from: 'CONTRIBUTING.md', to: 'contributing' },
      { from: 'examples/session-app/README.md', to: 'session-app' },
      { from: 'examples/store/README.md', to: 'store' },
      { from: 'examples/console-language/README.md', to: 'console-language' },
      { from: 'examples/gateway/README.md', to: 'gateway' },
      { from: 'examples/webhook-receiver/README.md', to: 'webhook-receiver' },
      ...docs('events', 'architecture', 'testing'),
    ],
  },
  {
    text: 'Operate',
    pages: docs('operations', 'configuration', 'bootstrap', 'tenants', 'backup', 'scaling', 'command-line'),
  },
  {
    text: 'Security',
    pages: [
      { from: 'SECURITY.md', to: 'security' },
      { from: 'docs/security.md', to: 'security-promises', unsearched: true },
    ],
  },
  {
    text: 'Look up',
    pages: [
      { from: 'openapi/openapi.json', to: 'api' },
      ...docs('errors', 'routes'),
      { from: 'docs/behaviours.md', to: 'behaviours', unsearched: true },
      ...docs('performance', 'reliability'),
      ...guide('blocks'),
      { from: 'docs/decisions/README.md', to: 'decisions/index', unsearched: true },
      { from: 'CHANGELOG.md', to: 'changelog', unsearched: true },
    ],
  },
];

const HOME: Page = { from: 'docs/guide/index.md', to: 'index' };

/** Their index leads to them. */
const DECISIONS: readonly Page[] = globSync('docs/decisions/0*.md')
  .toSorted()
  .map((from) => ({ from, to: from.slice('docs/'.length, -'.md'.length), unsearched: true }));

export const PAGES: readonly Page[] = [HOME, ...GROUPS.flatMap(({ pages }) => pages), ...DECISIONS];
