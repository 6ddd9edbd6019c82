/** The title of one `describe`, `it` or `test` call. */
export interface TestTitle {
  /** The title without the ids at its end. */
  readonly title: string;
  /** Ids as written, known or not. */
  readonly ids: readonly string[];
  readonly line: number;
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//.source;
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/.source;
/** A slash begins a regular expression only where a value may be; elsewhere it divides. */
const PATTERN = /(?<=[(,=:[!&|?{};>]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//.source;
/** Matched first, so that a quoted or commented `it(` and a quoted parenthesis are skipped. */
const NOT_CODE = `${COMMENT}|${STRING}|${PATTERN}`;

const CALL = /(?<![.\w$])(?:describe|it|test)(?<modifiers>(?:\s*\.\s*\w+)*)(?:<[^(`]*>)?(?=[(`])/.source;
const TITLE = `\\s*\\((?:\\s|${COMMENT})*(?<literal>(?:${STRING})(?:\\s*\\+\\s*(?:${STRING}))*)`;
const IDS = /\s*\[([a-z]-\d[^\]]*)\]$/i;

/** `it.each(table)('title')`: the title is in the second pair of parentheses. */
const TAKES_TWO_CALLS = /\b(?:each|for|skipIf|runIf)\b/;
/** A test of this kind holds nothing, whatever its title says. */
const IS_NOT_HELD = /\b(?:skip|todo|fails)\b/;

/** Returns the titles of the tests that run, in the order of the source. */
export function scan(source: string): TestTitle[] {
  const titles: TestTitle[] = [];
  const tokens = new RegExp(`${NOT_CODE}|${CALL}`, 'g');
  for (let token = tokens.exec(source); token; token = tokens.exec(source)) {
    const modifiers = token.groups?.['modifiers'];
    if (modifiers === undefined) continue;

    const table = tokens.lastIndex;
    const opening = TAKES_TWO_CALLS.test(modifiers) ? endOfArguments(source, table) : table;
    if (IS_NOT_HELD.test(modifiers)) {
      tokens.lastIndex = endOfArguments(source, opening);
    } else {
      titles.push(...titleAt(source, opening));
    }
  }
  return titles;
}

/** @returns the position after the parentheses or the tagged template that begin at `start` */
function endOfArguments(source: string, start: number): number {
  const tokens = new RegExp(`${NOT_CODE}|[()]`, 'g');
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(source); token; token = tokens.exec(source)) {
    if (token[0] === '(') depth += 1;
    if (token[0] === ')') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return source.length;
}

/** @returns nothing if the first argument of the call is not a literal, so not the title of a test */
function titleAt(source: string, opening: number): TestTitle[] {
  const pattern = new RegExp(TITLE, 'y');
  pattern.lastIndex = opening;
  const literal = pattern.exec(source)?.groups?.['literal'];
  if (literal === undefined) return [];

  const text = textOf(literal);
  const ids =
    IDS.exec(text)?.[1]
      ?.split(',')
      .map((id) => id.trim()) ?? [];
  const line = source.slice(0, pattern.lastIndex - literal.length).split('\n').length;
  return [{ title: text.replace(IDS, ''), ids, line }];
}

function textOf(literal: string): string {
  const parts = literal.match(new RegExp(STRING, 'g')) ?? [];
  const text = parts.map((part) => part.slice(1, -1)).join('');
  return text
    .replaceAll(/\\(['"`\\$])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
