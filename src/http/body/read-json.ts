import { InvalidInput } from '../../shared/domain-error.js';
import { pathAt } from './json-path.rules.js';
import { type JsonProblem, scanJson } from './json-scan.rules.js';

/** An attribute may be 32 levels deep (D-14), and a body of the VTEX dialect adds three levels around it. */
const MAX_BODY_DEPTH = 35;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a JSON body (RFC 8259). `__proto__` is a key like any other: nothing here merges bodies into objects, and
 * attribute names are data (D-14). An empty body counts as none.
 * @param maxValues setting BODY_MAX_VALUES
 * @throws InvalidInput
 */
export function readJson(bytes: Buffer, maxValues: number): unknown {
  if (bytes.length === 0) return undefined;
  const problem = scanJson(bytes, { depth: MAX_BODY_DEPTH, values: maxValues });
  if (problem) throw refusalOf(problem, bytes, maxValues);
  const text = readText(bytes);
  try {
    return JSON.parse(text);
  } catch {
    throw InvalidInput.of('body', 'is not valid JSON');
  }
}

/** Decodes a body, skipping a byte order mark (F-21). @throws InvalidInput if it is not in UTF-8 */
export function readText(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw InvalidInput.of('body', 'is not valid UTF-8');
  }
}

function refusalOf({ kind, offset }: JsonProblem, bytes: Buffer, maxValues: number): InvalidInput {
  switch (kind) {
    case 'too-deep':
      return InvalidInput.of('body', `is nested deeper than ${MAX_BODY_DEPTH} levels`);
    case 'too-many-values':
      return InvalidInput.of('body', `has more than ${maxValues} values (setting BODY_MAX_VALUES)`);
    case 'number':
      return InvalidInput.of(
        pathAt(bytes, offset),
        "is a number that JSON can't hold exactly; send it as a string",
      );
    case 'surrogate':
      return InvalidInput.of(
        pathAt(bytes, offset),
        'contains half a surrogate pair, which is not a character',
      );
  }
}
