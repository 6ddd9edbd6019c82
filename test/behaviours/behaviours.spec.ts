import { describe, expect, it } from 'vitest';
import { COMMAND, DOCUMENT, readStatements, render, type Statement } from '../../scripts/behaviours.js';
import { readDocument } from '../../scripts/behaviours/generated.js';
import { type FoundTitle, problemsOf, readKnownIds, readTitles } from '../../scripts/behaviours/titles.js';

describe('The list of behaviours', () => {
  it('is what the tests say now', () => {
    const isCurrent = readDocument(DOCUMENT) === render(readStatements(), readTitles());
    expect(isCurrent, `docs/behaviours.md is stale; run: ${COMMAND}`).toBe(true);
  });

  it('has every id that a title names, unless it is one of a promise or a finding of security', () => {
    expect(problemsOf(readKnownIds(), readTitles())).toEqual([]);
  });

  it('has every id once, and no empty statement', () => {
    const statements = readStatements();
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
    expect(statements.filter(({ id, statement }) => !/^[EMSWDCF]-\d\d$/.test(id) || !statement)).toEqual([]);
  });
});

describe('The document of behaviours', () => {
  const statements: Statement[] = [
    { id: 'E-01', section: 'Carts', statement: 'Answers `a|b`.' },
    { id: 'E-02', section: 'Carts', statement: 'Goes on.' },
    { id: 'W-01', section: 'Tokens', statement: 'Expires.' },
  ];
  const title = (file: string, ids: string[]): FoundTitle => ({ file, title: 'says a|b', ids, line: 7 });

  it('counts the statements that are held, and lists who holds them', () => {
    const titles = [title('src/a.spec.ts', ['E-01', 'W-01']), title('test/b.spec.ts', ['E-01'])];
    const lines = render(statements, titles).split('\n');
    expect(lines).toContain('2 of 3 statements are held by a test.');
    expect(lines).toContain(
      '| E-01 | Answers `a\\|b`. | `src/a.spec.ts` says a\\|b<br>`test/b.spec.ts` says a\\|b |',
    );
    expect(lines).toContain('| E-02 | Goes on. | not yet |');
    expect(lines.filter((line) => line.startsWith('## '))).toEqual(['## Carts', '## Tokens']);
  });

  it('is refused for an id that no statement has, and for a range', () => {
    const known = new Set(statements.map(({ id }) => id));
    expect(problemsOf(known, [title('src/a.spec.ts', ['E-01', 'E-99', 'E-01 to E-02'])])).toEqual([
      'src/a.spec.ts:7: there is no statement "E-99"',
      'src/a.spec.ts:7: there is no statement "E-01 to E-02"',
    ]);
  });
});
