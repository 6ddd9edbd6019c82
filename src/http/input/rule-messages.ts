/** Rules of class-validator about what a value is. While one of them is broken, those about its size say nothing. */
const KINDS = new Set(['isString', 'isNumber', 'isInt', 'isBoolean', 'isArray', 'isObject', 'isDate']);

/** Rules of our own, with words of our own, that say nothing about a value that is not there. */
const FORMS = new Set(['isNoDotSegment', 'matches', 'nested', 'nestedList']);

/** What class-validator says, and what its callers understand. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/be shorter than or equal to (\d+) characters$/, 'have at most $1 characters'],
  [/be longer than or equal to (\d+) characters$/, 'have at least $1 characters'],
  [/must not be less than /, 'must be at least '],
  [/must not be greater than /, 'must be at most '],
  [/must contain at least (\d+) elements$/, 'must have at least $1 entries'],
  [/must contain no more than (\d+) elements$/, 'must have at most $1 entries'],
  [/ an integer number$/, ' a whole number'],
  [/ an array$/, ' a list'],
  [/^each value in \S+ /, 'each entry '],
  [/ conforming to the specified constraints$/, ''],
  [/^should not be /, 'must not be '],
];

/**
 * Returns what to tell a caller about one field. class-validator names every rule that a value breaks, so that a missing
 * text is also too long, and it repeats the name of the field.
 * @param broken messages by rule
 */
export function ruleMessages(
  property: string,
  broken: Readonly<Record<string, string>>,
  value: unknown,
): readonly string[] {
  const isMissing = value === undefined || value === null;
  const rules = Object.keys(broken);
  const isOfWrongKind = rules.some((rule) => KINDS.has(rule));
  const counts = (rule: string): boolean => {
    if (isMissing) return rule === 'isIn' && !broken['isDefined'];
    return !isOfWrongKind || KINDS.has(rule);
  };
  const told = Object.entries(broken).filter(
    ([rule, message]) => counts(rule) || !(isStandard(property, message) || (isMissing && FORMS.has(rule))),
  );
  return told.length === 0 ? ['is missing'] : told.map(([, message]) => inWords(property, message));
}

/** Our own messages do not begin with the name of the field. */
const isStandard = (property: string, message: string): boolean =>
  message.startsWith(`${property} `) || message.startsWith('each value in ');

function inWords(property: string, message: string): string {
  const bare = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
  return WORDS.reduce((words, [pattern, replacement]) => words.replace(pattern, replacement), bare);
}
