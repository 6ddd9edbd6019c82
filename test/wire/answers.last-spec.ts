import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDS } from '../support/records/run-records.js';
import { DESCRIBED } from './operations.js';

/** Nobody can ask for it: it is what a bug gives. */
const OF_A_BUG = 500;

/** What any request may get before its route is looked at: too long a URL, `Expect`, too large headers. */
const OF_HTTP = [414, 417, 431];

interface Answers {
  readonly name: string;
  readonly statuses: readonly number[];
}

describe('The answers of the whole test run', () => {
  const files = readdirSync(RECORDS).filter((name) => name.endsWith('.answers'));
  const given = new Set(files.flatMap((name) => readFileSync(join(RECORDS, name), 'utf8').split('\n')));

  it('were, for every operation, the good one and each refusal that its description names', () => {
    const named = DESCRIBED.map(({ name, statuses }) => ({
      name,
      statuses: statuses.filter((status) => status !== OF_A_BUG),
    }));
    const missing = named.map(({ name, statuses }) => ({
      name,
      statuses: statuses.filter(
        (status) => !given.has(`${name} ${status}`) && !given.has(`${name} ${status} early`),
      ),
    }));
    const total = countOf(named);
    console.log(`answers: ${total - countOf(missing)} of ${total}`);
    expectNone(
      missing,
      'No test asks for these: add one to test/stories, or take the status out of the description',
    );
  });

  it('were none that the description does not name', () => {
    const unnamed = DESCRIBED.map(({ name, statuses }) => {
      const known = new Set([...statuses, OF_A_BUG, ...OF_HTTP]);
      const answered = [...given].filter(
        (answer) => answer.startsWith(`${name} `) && !answer.endsWith(' early'),
      );
      const asNumbers = answered.map((answer) => Number(answer.slice(name.length)));
      return { name, statuses: asNumbers.filter((status) => !known.has(status)) };
    });
    expectNone(unnamed, 'These were answered: describe them');
  });
});

const countOf = (answers: readonly Answers[]): number =>
  answers.reduce((sum, { statuses }) => sum + statuses.length, 0);

function expectNone(answers: readonly Answers[], advice: string): void {
  const lines = answers
    .filter(({ statuses }) => statuses.length > 0)
    .map(({ name, statuses }) => `${name}: ${statuses.join(', ')}`);
  expect(lines, `${advice}\n${lines.join('\n')}\n`).toEqual([]);
}
