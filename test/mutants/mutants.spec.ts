import { describe, expect, it } from 'vitest';
import { currentPage, PAGE_COMMAND, readPage, reasonOf, scoreOf } from '../../scripts/mutants/page.js';
import { isIn, PARTS, scopesOf } from '../../scripts/mutants/parts.js';
import { readAccepted, readResults, resultsOf } from '../../scripts/mutants/results.js';

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
    const survivors = readResults().flatMap(({ file, survivors: ones }) =>
      ones.map((one) => ({ file, one })),
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
    const files = resultsOf(
      { date: '2026-01-01', tests: 'unit' },
      {
        files: { 'src/a/a.ts': { source, mutants: [...mutants, ignored] } },
      },
    );
    const survivor = { line: 2, code: 'a > 2', replacement: 'true' };
    expect(files).toEqual([
      {
        file: 'src/a/a.ts',
        date: '2026-01-01',
        tests: 'unit',
        killed: 2,
        invalid: 1,
        survivors: [survivor, { ...survivor, uncovered: true }],
        leftOut: { words: 1 },
      },
    ]);
    expect(scoreOf(files)).toBe(50);
  });
});

describe('What is mutated', () => {
  it('is a part, or what a path inside it names, but never its wiring', () => {
    const named = (...args: string[]) => scopesOf(args).map(({ part, path }) => [part.name, path]);
    expect(named('src/oauth/', './src/session/keys')).toEqual([
      ['src/oauth', 'src/oauth'],
      ['src/session', 'src/session/keys'],
    ]);
    const [file, folder] = scopesOf(['src/session/*.rules.ts', 'src/auth/keys']);
    expect(file?.mutate).toEqual(expect.arrayContaining(['src/session/*.rules.ts', '!src/**/*.spec.ts']));
    expect(folder?.mutate).toEqual(expect.arrayContaining(['src/auth/keys/**/*.ts', '!src/**/index.ts']));
    expect(scopesOf([]).map(({ part }) => part)).toEqual(PARTS);
    expect(() => scopesOf(['src/cart'])).toThrow('src/cart/access');
  });

  it('is in one part only', () => {
    const files = ['src/customer/a.ts', 'src/customer-login/a.ts', 'src/cart/access/cart-access.rules.ts'];
    const parts = files.map((file) => PARTS.filter(({ name }) => isIn(name, file)).map(({ name }) => name));
    expect(parts).toEqual([['src/customer'], ['src/customer-login'], ['src/cart/access']]);
  });
});
