import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** They come from translating word by word; a native reader stumbles over them. */
const BANNED = /\b(?:the very|whoever|the own|what it is that)\b/gi;

const PLACES = ['src/**/*', 'docs/**/*', 'openapi/**/*', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'];

const FILES = globSync(PLACES).filter((path) => statSync(path).isFile());

/** A phrase may be broken by the end of a line, also within a comment. */
const phrasesIn = (text: string): readonly string[] =>
  text.replaceAll(/\s+(?:\*|\/\/)?\s*/g, ' ').match(BANNED) ?? [];

describe('The words of code and documentation', () => {
  it('are looked for in all of it', () => {
    expect(FILES).toEqual(expect.arrayContaining(['README.md', 'src/service.ts', 'openapi/openapi.json']));
    expect(phrasesIn('The\n * very same, for the owner')).toEqual(['The very']);
  });

  it('are those of plain English', () => {
    const found = FILES.flatMap((path) =>
      phrasesIn(readFileSync(path, 'utf8')).map((phrase) => `${path}: ${phrase}`),
    );
    expect(found).toEqual([]);
  });
});
