import type { PatternPiece, TextPattern } from '../../shared/filter/filter.types.js';

/** What a regular expression could mean by these is not offered: it is what makes one run away. */
const REFUSED = '[](){}+?*|';

/**
 * `~` of `q`: text to be found anywhere, where `.` is any character, `.*` anything, `^` and `$` the ends, and a
 * backslash takes the next character as it is.
 * @returns undefined for what is not offered
 */
export function parsePattern(text: string): TextPattern | undefined {
  const body = [...text];
  const fromStart = body[0] === '^';
  if (fromStart) body.shift();
  const toEnd = body.at(-1) === '$' && body.at(-2) !== '\\';
  if (toEnd) body.pop();
  const pieces = piecesOf(body);
  return pieces && { pieces, fromStart, toEnd };
}

function piecesOf(body: readonly string[]): readonly PatternPiece[] | undefined {
  const pieces: (string | undefined)[][] = [[]];
  for (let i = 0; i < body.length; i += 1) {
    const character = body[i];
    if (character === '\\') {
      i += 1;
      if (i >= body.length) return undefined;
      pieces.at(-1)?.push(body[i]);
    } else if (character === '.' && body[i + 1] === '*') {
      i += 1;
      pieces.push([]);
    } else if (character === '.') pieces.at(-1)?.push(undefined);
    else if (character === undefined || REFUSED.includes(character)) return undefined;
    else pieces.at(-1)?.push(character);
  }
  return pieces;
}
