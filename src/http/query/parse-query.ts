import { InvalidInput } from '../../shared/domain-error.js';
import type {
  Comparison,
  Condition,
  Filter,
  FilterKind,
  FilterValue,
} from '../../shared/filter/filter.types.js';
import { flagOf } from './flag.rules.js';
import type { ListField, ListFields } from './list-fields.js';
import { parsePattern } from './pattern.rules.js';
import { type Clause, type Literal, type Operand, readClauses } from './q.grammar.js';

/** Enough for any list of ids that fits into a URL. */
export const MAX_QUERY_LENGTH = 4_000;
const MAX_CLAUSES = 20;

/**
 * Parses Emporix' `q` (behaviour W-61): clauses separated by spaces, all of which must hold. `field:value`, `field:"two
 * words"`, `field:>=value`, `field:(>=a AND <b)`, `field:(a,b)`, `field:~part`, `field:exists`, `field:missing`,
 * `field:null`.
 * @throws InvalidInput that names the clause and says what is possible
 */
export function parseQuery(q: string | undefined, fields: ListFields): Filter {
  if (q === undefined) return [];
  if (q.length > MAX_QUERY_LENGTH) throw refused(`must not be longer than ${MAX_QUERY_LENGTH} characters`);
  const clauses = readClauses(q);
  if ('unreadableAt' in clauses) throw unreadable(q, clauses.unreadableAt);
  if (clauses.length > MAX_CLAUSES) throw refused(`must not have more than ${MAX_CLAUSES} clauses`);
  return clauses.flatMap((clause) => conditionsOf(clause, fields));
}

/** @returns undefined if the list has no such field */
export function findField(name: string, fields: ListFields): ListField | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.lastIndexOf('.');
  const map = name.slice(0, Math.max(0, dot));
  const language = name.slice(dot + 1);
  const field = Object.hasOwn(fields, map) ? fields[map] : undefined;
  if (!field?.localized || !LANGUAGE.test(language)) return undefined;
  return { kind: field.kind, path: `${field.path}.${language}` };
}

/** Excludes anything that a store might take for more than a name. */
const LANGUAGE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/;

function conditionsOf({ field: name, operands }: Clause, fields: ListFields): Filter {
  const field = findField(name, fields);
  if (!field)
    throw refused(`${name}: can't be used as a filter here; use one of ${Object.keys(fields).join(', ')}`);
  return operands.map((operand) => conditionOf(name, field, operand));
}

const PRESENCE: Readonly<Record<string, 'present' | 'absent'>> = {
  exists: 'present',
  missing: 'absent',
  null: 'absent',
};

const COMPARISONS = { is: 'eq', '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' } as const satisfies Record<
  string,
  Comparison
>;

function conditionOf(name: string, field: ListField, operand: Operand): Condition {
  const { kind, path } = field;
  if (operand.op === 'in') {
    const [only, ...more] = operand.literals.map((literal) => valueOf(name, kind, literal));
    if (only !== undefined && more.length === 0) return { op: 'eq', path, value: only };
    return { op: 'in', path, values: only === undefined ? [] : [only, ...more] };
  }
  const { op, literal } = operand;
  if (op === '~') {
    const pattern = kind === 'text' ? parsePattern(literal.text) : undefined;
    if (!pattern) throw refused(`${name}: ${NO_PATTERN}`);
    return { op: 'like', path, pattern };
  }
  const presence = op === 'is' && !literal.quoted ? presenceOf(literal.text) : undefined;
  if (presence) return { op: presence, path };
  return { op: COMPARISONS[op], path, value: valueOf(name, kind, literal) };
}

const NO_PATTERN =
  '~ works only on texts and takes text in which . is any character, .* is anything, and ^ and $ are the ends; put a backslash before other special characters';

const presenceOf = (text: string): 'present' | 'absent' | undefined =>
  Object.hasOwn(PRESENCE, text) ? PRESENCE[text] : undefined;

const READ: Readonly<Record<FilterKind, (text: string) => FilterValue | undefined>> = {
  text: (text) => text,
  number: (text) => (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined),
  boolean: flagOf,
  date: (text) => {
    const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? undefined : new Date(time);
  },
};

/** A day, or a time with its zone. Without a zone, it would mean different times on different machines. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const SHAPES: Readonly<Record<FilterKind, string>> = {
  text: 'a text',
  number: 'a number, such as 10.5',
  boolean: 'true or false',
  date: 'an ISO 8601 time in double quotes, such as "2026-11-21T09:30:00.000Z"',
};

function valueOf(name: string, kind: FilterKind, { text }: Literal): FilterValue {
  const value = READ[kind](text);
  if (value === undefined) throw refused(`${name}: must be ${SHAPES[kind]}`);
  return value;
}

const refused = (message: string): InvalidInput => InvalidInput.of('q', message);

function unreadable(q: string, at: number): InvalidInput {
  const rest = q.slice(at, at + 20);
  const where = rest === '' ? 'ends too early' : `can't be read from "${rest}" on (character ${at + 1})`;
  return refused(
    `${where}; write field:value, field:"two words", field:>=10, field:(>=10 AND <20), field:(a,b), field:~part, ` +
      'field:exists or field:missing, separated by spaces',
  );
}
