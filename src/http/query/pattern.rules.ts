import type { PatternPiece, TextPattern } from '../../shared/filter/filter.types.js';

/** Parts of regular expressions that are not offered, because they can make a match run away. */
const REFUSED = '[](){}+?*|';

/**
 * Parses the operand of `~` in `q`: text to find anywhere, in which `.` is any character, `.*` is anything, `^` and `$`
 * are the ends, and a backslash takes the next character literally.
 * @returns undefined if the text uses something that is not offered
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
