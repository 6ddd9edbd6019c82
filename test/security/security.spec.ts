import { describe, expect, it } from 'vitest';
import { readDocument } from '../../scripts/behaviours/generated.js';
import { type FoundTitle, readTitles } from '../../scripts/behaviours/titles.js';
import {
  COMMAND,
  DOCUMENT,
  type Finding,
  type Promised,
  readFindings,
  readPromises,
  render,
} from '../../scripts/security.js';

describe('The page of security', () => {
  it('is what the tests say now', () => {
    const isCurrent = readDocument(DOCUMENT) === render(readPromises(), readFindings(), readTitles());
    expect(isCurrent, `${DOCUMENT} is stale; run: ${COMMAND}`).toBe(true);
  });

  it('has each promise and each finding once, numbered without a gap', () => {
    const numbered = (letter: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${letter}-${String(i + 1).padStart(2, '0')}`);
    expect(readPromises().map(({ id }) => id)).toEqual(numbered('P', 80));
    expect(readFindings().map(({ id }) => id)).toEqual(numbered('X', 44));
  });

  it('quotes only chapters of ASVS whose numbers were checked', () => {
    const quoted = readPromises().flatMap(({ anchor = '' }) => anchor.match(/(?<=ASVS )[\d., to]+/g) ?? []);
    const numbers = quoted.flatMap((list) => list.match(/\d+\.\d+\.\d+/g) ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((number) => !/^(?:3|4|6|7|9|10)\./.test(number))).toEqual([]);
  });

  const promises: Promised[] = [
    { id: 'P-01', section: 'Tokens', level: 'must', statement: 'Says a|b.', anchor: 'RFC 1' },
    { id: 'P-02', section: 'Tokens', level: 'must', statement: 'Goes on.' },
    { id: 'P-03', section: 'Keys', level: 'should', statement: 'Ends.', notApplicable: 'there are none' },
  ];
  const findings: Finding[] = [
    { id: 'X-01', severity: 'high', attack: 'Come in.', now: 'The door is shut.' },
  ];
  const title = (...ids: string[]): FoundTitle => ({ file: 'src/a.spec.ts', title: 'says so', ids, line: 7 });
  const lines = render(promises, findings, [title('P-01', 'X-01')]).split('\n');

  it('counts what is held at each level, and what does not apply as held', () => {
    expect(lines).toContain(
      '1 of 2 must lines are held; 1 of 1 should lines are held; 0 of 0 beyond lines are held; ' +
        '1 of 1 findings have a test.',
    );
  });

  it('lists who holds a row, says "not yet" where nobody does, and why one does not apply', () => {
    expect(lines).toContain('| P-01 | must | Says a\\|b. | RFC 1 | `src/a.spec.ts` says so |');
    expect(lines).toContain('| P-02 | must | Goes on. |  | not yet |');
    expect(lines).toContain('| P-03 | should | Ends. |  | not applicable: there are none |');
    expect(lines).toContain('| X-01 | high | Come in. | The door is shut. | `src/a.spec.ts` says so |');
    expect(lines.filter((line) => line.startsWith('## '))).toEqual([
      '## Tokens',
      '## Keys',
      '## Phishing by handover links',
      '## Findings',
    ]);
  });
});
