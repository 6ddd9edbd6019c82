import type { core } from 'zod';

/** Pass it to `safeParse` wherever people read the problems: zod's own words name types of JavaScript. */
export const schemaWords: { readonly error: core.$ZodErrorMap } = {
  error: (issue) => {
    if (issue.code !== 'invalid_type' || issue.input !== undefined) return wordsOf(issue);
    return 'is missing';
  },
};

/** For people: a field and what is wrong with it, a line each. */
export const problemLines = (
  problems: readonly { readonly field: string; readonly message: string }[],
): string =>
  problems.map(({ field, message }) => `- ${field === '' ? message : `${field}: ${message}`}`).join('\n');

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  map: 'an object',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

/** @returns undefined for what zod says well enough. A message of the schema goes before all of these. */
function wordsOf(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const { expected } = issue;
      return KINDS[expected] && `must be ${KINDS[expected]}`;
    }
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must ${amount(issue.origin)(`at least ${issue.minimum}`, Number(issue.minimum))}`;
    case 'too_big':
      return `must ${amount(issue.origin)(`at most ${issue.maximum}`, Number(issue.maximum))}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.map((key) => `'${key}'`).join(', ')}`;
    default:
      return issue.input === undefined ? 'is missing' : 'is not valid';
  }
}

function amount(origin: string): (bound: string, count: number) => string {
  const unit = { string: 'character', array: 'entry', set: 'entry' }[origin];
  if (unit === undefined) return (bound) => `be ${bound}`;
  const units = unit === 'entry' ? 'entries' : `${unit}s`;
  return (bound, count) => `have ${bound} ${count === 1 ? unit : units}`;
}
