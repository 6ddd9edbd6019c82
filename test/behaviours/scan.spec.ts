import { describe, expect, it } from 'vitest';
import { scan } from '../../scripts/behaviours/scan.js';

describe('Finding the behaviours that tests name', () => {
  it('takes the ids off the end of a title', () => {
    expect(scan(`it('answers 404 [E-08, W-33]', () => {});`)).toEqual([
      { title: 'answers 404', ids: ['E-08', 'W-33'], line: 1 },
    ]);
  });

  it('reads describe, it and test in source order, with the line of each title', () => {
    const source = `describe('a [E-01]', () => {\n  it('b', () => {});\n\n  test(\n    'c [M-02]',\n  );\n});`;
    expect(scan(source)).toEqual([
      { title: 'a', ids: ['E-01'], line: 1 },
      { title: 'b', ids: [], line: 2 },
      { title: 'c', ids: ['M-02'], line: 5 },
    ]);
  });

  it.each([
    ['single quotes', `it('it\\'s gone [E-01]', run)`, `it's gone`],
    ['double quotes', `it("it's gone [E-01]", run)`, `it's gone`],
    ['a template', 'it(`knows ${one}\n  [E-01]`, run)', 'knows ${one}'],
    ['several literals', `it('one ' +\n  'two [E-01]', run)`, 'one two'],
    ['a comment before it', `it( // why\n  'one [E-01]', run)`, 'one'],
  ])('reads a title in %s', (_, source, title) => {
    expect(scan(source)).toMatchObject([{ title, ids: ['E-01'] }]);
  });

  it.each([
    ['each', `it.each([['a)'], [/[)]/]])('one %s [E-01]', run)`],
    ['a typed each', `describe.each<Row>([{ a: (1) }])('one %s [E-01]', run)`],
    ['a tagged each', 'test.each`a | b\n${1} | ${2}`("one %s [E-01]", run)'],
    ['concurrent each', `it.concurrent.each(rows())('one %s [E-01]', run)`],
    ['a condition', `describe.runIf(mongo())('one %s [E-01]', run)`],
  ])('reads a title behind %s', (_, source) => {
    expect(scan(source)).toMatchObject([{ title: 'one %s', ids: ['E-01'] }]);
  });

  it.each([
    ['a comment', `// it('one [E-01]', run)\n/* it('two [E-01]', run) */`],
    ['a string', 'const source = `it("one [E-01]", run)`;'],
    ['a method of that name', `/it/.test('one [E-01]'); this.describe('two [E-01]');`],
    ['a call without a literal', `it(title, run); describe(OwnController, run);`],
    ['a skipped group', `describe.skip('one [E-01]', () => { it('two [E-01]', run); });`],
    ['a plan or a known failure', `it.todo('one [E-01]'); it.fails('two [E-01]', run);`],
    ['a skipped table', `it.skip.each([1])('one [E-01]', run);`],
  ])('finds nothing in %s', (_, source) => {
    expect(scan(source)).toEqual([]);
  });

  it('is not led astray by quotes and parentheses in a pattern', () => {
    expect(scan("const quote = /['`(]/;\nit('one [E-01]', run);")).toMatchObject([{ ids: ['E-01'] }]);
  });

  it('hands on ranges and misspelt ids as they are, for the caller to refuse', () => {
    expect(scan(`it('one [E-01 to E-04, e-5]', run)`)).toMatchObject([{ ids: ['E-01 to E-04', 'e-5'] }]);
  });

  it('leaves other brackets in a title alone', () => {
    expect(scan(`it('reads items[0] of [a, b]', run)`)).toMatchObject([
      { title: 'reads items[0] of [a, b]', ids: [] },
    ]);
  });
});
