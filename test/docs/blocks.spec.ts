import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allBlocks, BLOCKS, blocksFor, blocksOf, blocksPage } from '../../scripts/guide/blocks.js';
import { normalised, walk } from '../../scripts/readme/walk.js';
import { OPERATOR_SECRET, openShop } from '../support/shop.js';

const blocks = allBlocks();
const RUN_HERE = [
  ...new Set(
    blocks
      .filter(({ how, note }) => how === 'run' && note === 'test/docs/blocks.spec.ts')
      .map(({ page }) => page),
  ),
];

/** The text of a file, and of what it imports from this repository. */
function sourcesOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/from '(\..+)\.[jt]s'/g)].map(([, path]) =>
    readFileSync(join(dirname(file), `${path}.ts`), 'utf8'),
  );
  return [text, ...imported];
}

describe('The blocks of code in the documentation', () => {
  it('are each run, checked elsewhere, or marked with the reason why they are not', () => {
    expect(blocks.length).toBeGreaterThan(100);
    const forgotten = blocks.filter(({ how }) => how === 'nothing');
    expect(forgotten.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
  });

  it('name tests that exist', () => {
    const paths = blocks.flatMap(({ note }) => note.match(/(?:test|scripts|deploy)\/[\w./-]+[\w/]/g) ?? []);
    expect(paths.length).toBeGreaterThan(50);
    expect([...new Set(paths)].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('are read by the test that is named, or stand in it', () => {
    const checked = blocks.filter(({ how, language }) => how === 'checked' && language !== 'mermaid');
    const unread = checked.filter(({ page, note, text }) => {
      const sources = sourcesOf(note.split(':')[0] ?? '');
      return !sources.some((source) => source.includes(page) || source.includes(text.trim()));
    });
    expect(unread.map(({ page, line, note }) => `${page}:${line} ${note}`)).toEqual([]);
  });

  it('start the service as the README does', () => {
    const [told] = blocksFor('test/docs/blocks.spec.ts', 'docs/guide/start.md');
    expect(blocksFor('scripts/readme.ts', 'README.md')).toContain(told);
  });

  it('that are not run are listed with the reason (npm run docs)', () => {
    expect(readFileSync(BLOCKS, 'utf8')).toBe(blocksPage(blocks));
  });

  it('are told from each other: an answer belongs to the command before it, a mark to the block below it', () => {
    const page = [
      '```bash\na\n```\n\n```json\n1\n```\n\n```json\n2\n```\n',
      '<!-- not run: why -->\n```sh\nb\n```\n',
      '   <!-- checked by test/a.ts -->\n   ```bash\n   c\n   ```\n',
    ].join('\n');
    expect(blocksOf('a.md', page).map(({ line, how, note }) => [line, how, note])).toEqual([
      [1, 'run', 'test/docs/blocks.spec.ts'],
      [5, 'run', 'test/docs/blocks.spec.ts'],
      [9, 'nothing', ''],
      [14, 'not run', 'why'],
      [19, 'checked', 'test/a.ts'],
    ]);
  });

  it.each(RUN_HERE)('give the answers that are shown below them: %s', async (page) => {
    const shop = await openShop({ env: { OPERATOR_SECRET, SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    try {
      const outcomes = await walk(readFileSync(page, 'utf8'), shop.url, { OPERATOR_SECRET });
      expect(outcomes.length).toBeGreaterThan(0);
      for (const { command, got, answer = got } of outcomes)
        expect(normalised(got), command).toBe(normalised(answer));
    } finally {
      await shop.close();
    }
  });
});
