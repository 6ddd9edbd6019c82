/** The title of one `describe`, `it` or `test` call. */
export interface TestTitle {
  /** Without the ids at its end. */
  readonly title: string;
  /** As they are written, known or not. */
  readonly ids: readonly string[];
  readonly line: number;
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//.source;
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/.source;
/** A slash opens a pattern only where a value may stand; elsewhere it divides. */
const PATTERN = /(?<=[(,=:[!&|?{};>]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//.source;
/** Matched first, so that a quoted or commented `it(` and a quoted parenthesis are passed over. */
const NOT_CODE = `${COMMENT}|${STRING}|${PATTERN}`;

const CALL = /(?<![.\w$])(?:describe|it|test)(?<modifiers>(?:\s*\.\s*\w+)*)(?:<[^(`]*>)?(?=[(`])/.source;
const TITLE = `\\s*\\((?:\\s|${COMMENT})*(?<literal>(?:${STRING})(?:\\s*\\+\\s*(?:${STRING}))*)`;
const IDS = /\s*\[([a-z]-\d[^\]]*)\]$/i;

/** `it.each(table)('title')`: the title is in the second pair of parentheses. */
const TAKES_TWO_CALLS = /\b(?:each|for|skipIf|runIf)\b/;
/** Such a test holds nothing, whatever its title says. */
const IS_NOT_HELD = /\b(?:skip|todo|fails)\b/;

/** Finds the titles of the tests that run, in the order of the source. */
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

/** @returns the position behind the parentheses or the tagged template that begin at `start`. */
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

/** @returns nothing when the call's first argument is no literal, so when it is not a test's title. */
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
