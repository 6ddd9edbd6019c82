import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckoutCopy } from './support/checkout-copy.js';
import { blocksTold, fileNamed, partsOf, type Told } from './support/told.js';

const [START, ...CHANGE] = blocksTold(readFileSync('CONTRIBUTING.md', 'utf8'));

type Edit = (file: string, told: Told) => string;

/** @returns the text with something new after a place that it must have */
function after(text: string, place: RegExp, added: string): string {
  expect(text).toMatch(place);
  const at = text.search(place) + (place.exec(text)?.[0].length ?? 0);
  return text.slice(0, at) + added + text.slice(at);
}

/** Where each part of the change goes, as the text above it says. */
const EDITS: Readonly<Record<string, Edit>> = {
  'test/stories/backends/site-support.e2e-spec.ts': (_, { text }) => text,
  'src/site-settings/site.rules.spec.ts': (file, { text }) =>
    after(file, /describe\('A new site', .*\n/, `${text}\n`),
  'src/site-settings/site.types.ts': (file, { text }) =>
    after(after(file, /interface Site \{\n/, text), /interface SiteDraft \{\n/, text),
  'src/site-settings/site.rules.ts': (file, told) => {
    const [taken = '', given = ''] = partsOf(told);
    const line = / {2}const \{ includesTax, cartCalculationScale, .*\n/;
    expect(file).toMatch(line);
    return after(file.replace(line, taken), /function siteOf[^]*?\n {4}name: parts.name,\n/, given);
  },
  'src/site-settings/dto/site.dto.ts': (file, { text }) =>
    after(after(file, /class SiteFieldsDto \{\n/, `${text}\n`), /^ {2}IsBoolean,\n/m, '  IsEmail,\n'),
  'src/site-settings/dto/site.mapping.ts': (file, told) => {
    const [comes = '', goes = ''] = partsOf(told);
    const shown = after(file, /function toSiteDto[^]*?\n {4}default: site.default,\n/, goes);
    return after(shown, /function fieldsOf[^]*?return defined\(\{\n/, comes);
  },
  'test/contracts/site.contract.ts': (file, { text }) =>
    after(file, /returns a site as it was written, with every field[^]*?\n {8}default: true,\n/, text),
  'CHANGELOG.md': (file, { text }) => after(file, /## Unreleased\n\n/, text),
};

/** What takes minutes for the whole repository, and which CI does. These parts look at the files of this change. */
const SHORTER: Readonly<Record<string, string>> = {
  'npm run format': 'prettier --write $(git ls-files --modified --others --exclude-standard)',
  'npm test': `(${[
    'oxlint',
    'npm run --silent build:client',
    'tsc -p tsconfig.json',
    'vitest run --project unit --project system src/site-settings test/guards/{openapi,rules,shapes,words} test/dev',
  ].join(' && ')})`,
};
const LONG = new RegExp(`(${Object.keys(SHORTER).join('|')})(?=$| &&)`, 'gm');

describe('The first change of CONTRIBUTING.md', () => {
  const checkout = new CheckoutCopy();
  const edited = new Set<string>();
  /** How many tests a reader sees fail before the change makes them pass. */
  const red: (string | undefined)[] = [];

  beforeAll(() => checkout.fill());
  afterAll(() => checkout.remove());

  const parts = CHANGE.filter(({ language }) => language !== 'sh');

  it('begins with the command of the README, which CI types', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(START?.text.split(' #')[0]?.trim());
  });

  it('has a place for each of its parts', () => {
    expect(parts.map(fileNamed)).toEqual(Object.keys(EDITS));
  });

  it.each(CHANGE.map((told, n) => [n + 1, told] as const))('goes on as told: block %i', async (_, told) => {
    const file = fileNamed(told);
    if (told.language !== 'sh') {
      checkout.edit(file, (text) => EDITS[file]?.(text, told) ?? text);
      edited.add(file);
      return;
    }
    const { code, said } = await checkout.type(
      told.text.replaceAll(LONG, (command) => SHORTER[command] ?? command),
    );
    const isToFail = !edited.has('src/site-settings/site.types.ts');
    if (isToFail) red.push(/^ +Tests +(\d+) failed/m.exec(said)?.[1]);
    expect(code, said).toBe(isToFail ? 1 : 0);
  });

  it('made three tests fail first, and pass after the change', () => {
    expect(red).toEqual(['2', '1']);
  });

  it('is one commit of what the page names, and of what is generated from it', () => {
    const [subject, , ...files] = checkout
      .git('show', '--name-only', '--format=%s', 'HEAD')
      .trim()
      .split('\n');
    expect(subject).toMatch(/^feat\(site-settings\): /);
    expect(files).toEqual([...Object.keys(EDITS), 'openapi/openapi.json'].toSorted());
    expect(checkout.git('status', '--porcelain')).toBe('');
  });
});
