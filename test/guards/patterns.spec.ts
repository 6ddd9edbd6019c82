import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import { analyse } from 'scslre';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const FILES = globSync('src/**/*.ts', { exclude: (path) => path.endsWith('.spec.ts') });

interface Pattern {
  readonly file: string;
  readonly pattern: RegExp;
}

/** What these read is short, or is read from one place only; the others must take any text. */
const ACCEPTED: ReadonlySet<string> = new Set([
  // Addresses in settings of the operator, and what the parser says of the operator's file.
  '/\\/+$/',
  '/line \\d+ column \\d+/',
  // Tokens of a lexer, which reads on from where the last one ended. `q` has 4,000 characters at most.
  '/[^\\s:()",<>~]+:/',
  '/"(?:[^"\\\\]|\\\\["\\\\])*"/',
  // A file of the operator's own.
  '/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g',
]);

/** Patterns as they stand in the code. */
function literalsIn(file: string): readonly Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** Patterns that modules put together when they are loaded. */
async function composedIn(files: readonly string[]): Promise<readonly Pattern[]> {
  const found: Pattern[] = [];
  const construct = (target: RegExpConstructor, given: [string, string?]): RegExp => {
    const pattern = new target(...given);
    const { stack = '' } = new Error('Asked for its stack only');
    const file = files.find((one) => stack.includes(one));
    if (file !== undefined) found.push({ file, pattern });
    return pattern;
  };
  vi.stubGlobal('RegExp', new Proxy(RegExp, { construct }));
  for (const file of files) await import(/* @vite-ignore */ resolve(file));
  vi.unstubAllGlobals();
  return found;
}

/** Whether a search begins at one place only, and not anew at each character. */
const isAnchored = ({ elements: [first] }: AST.Alternative): boolean =>
  first?.type === 'Assertion' && (first.kind === 'start' || first.kind === 'lookbehind');

const repeats = (element: AST.Element): boolean =>
  element.type === 'Quantifier' && element.max === Number.POSITIVE_INFINITY;

const mayBeEmpty = (element: AST.Element): boolean => element.type === 'Quantifier' && element.min === 0;

/** Whether a search can read a long part of the text to its end in vain, and then begin it anew at the next character. */
const readsInVain = ({ alternatives }: AST.Pattern): boolean =>
  alternatives.some(
    (alternative) =>
      !isAnchored(alternative) &&
      alternative.elements.some(
        (element, i) => repeats(element) && !alternative.elements.slice(i + 1).every(mayBeEmpty),
      ),
  );

/** Whether the time of a match can grow faster than the text. */
function runsAway(pattern: RegExp): boolean {
  const parsed = new RegExpParser().parseLiteral(String(pattern)).pattern;
  return readsInVain(parsed) || analyse(pattern).reports.length > 0;
}

describe('A regular expression', () => {
  let all: readonly Pattern[];
  beforeAll(async () => {
    const composing = FILES.filter((file) => /new RegExp\(/.test(readFileSync(file, 'utf8')));
    const composed = await composedIn(composing);
    expect(new Set(composed.map(({ file }) => file))).toEqual(new Set(composing));
    all = [...FILES.flatMap(literalsIn), ...composed];
  }, 60_000);
  afterAll(() => vi.unstubAllGlobals());

  it.each([
    [String.raw`^\s*\[?\s*1$`, true],
    [String.raw`^(?:a+)+$`, true],
    [String.raw`eyJ[\w-]+\.`, true],
    [String.raw`^\s*(?:\[\s*)?1$`, false],
    [String.raw`[\w.-]+`, false],
  ])('is known to run away or not: %s', (source, expected) => {
    expect(runsAway(new RegExp(source))).toBe(expected);
  });

  it('takes no longer than a text has characters, however often it has to begin again [X-35, X-36]', () => {
    expect(all.length).toBeGreaterThan(150);
    const running = all.filter(({ pattern }) => !ACCEPTED.has(String(pattern)) && runsAway(pattern));
    expect(running.map(({ file, pattern }) => `${file}: ${String(pattern)}`)).toEqual([]);
  });
});
