import { describe, expect, it } from 'vitest';
import { currentPage, PAGE_COMMAND, reasonOf, readPage, scoreOf } from '../../scripts/mutants/page.js';
import { partsOf, PARTS } from '../../scripts/mutants/parts.js';
import { readAccepted, readResults, resultOf } from '../../scripts/mutants/results.js';

const source = 'const a = 1;\nconst b = a >\n  2;\n';
const mutant = (status: string, more: object = {}) => ({
  mutatorName: 'ConditionalExpression',
  replacement: 'true',
  status,
  location: { start: { line: 2, column: 11 }, end: { line: 3, column: 4 } },
  ...more,
});

describe('The page of mutants', () => {
  it('is what the last run of each part found', () => {
    expect(readPage() === currentPage(), `docs/mutants.md is stale; run: ${PAGE_COMMAND}`).toBe(true);
  });

  it('accepts only what has survived, and says why', () => {
    const survivors = readResults().flatMap(({ files }) =>
      files.flatMap(({ file, survivors: ones }) => ones.map((one) => ({ file, one }))),
    );
    const idle = readAccepted().filter(
      (entry) => !survivors.some(({ file, one }) => reasonOf(file, one, [entry]) !== undefined),
    );
    expect(idle).toEqual([]);
    expect(readAccepted().filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  it('counts a mutant that no test comes by as survived, one that stops the tests as killed', () => {
    const mutants = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'].map((one) => mutant(one));
    const ignored = mutant('Ignored', { statusReason: 'words' });
    const { files, leftOut } = resultOf('src/a', '2026-01-01', {
      files: { 'src/a/a.ts': { source, mutants: [...mutants, ignored] } },
    });
    const survivor = { line: 2, code: 'a > 2', replacement: 'true' };
    expect(files).toEqual([
      {
        file: 'src/a/a.ts',
        killed: 2,
        invalid: 1,
        survivors: [survivor, { ...survivor, uncovered: true }],
      },
    ]);
    expect(leftOut).toEqual({ words: 1 });
    expect(scoreOf(files)).toBe(50);
  });
});

describe('A part to mutate', () => {
  it('is named as its folder, with a slash at the end or without', () => {
    expect(partsOf(['src/oauth/', './src/auth']).map(({ name }) => name)).toEqual(['src/oauth', 'src/auth']);
    expect(partsOf([])).toBe(PARTS);
    expect(() => partsOf(['src/cart'])).toThrow('src/cart/cart-access');
  });
});
