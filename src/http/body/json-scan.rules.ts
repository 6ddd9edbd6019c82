import type { JsonLimits } from '../../shared/json.js';
import { isCarried, isPlainNumber } from './number.rules.js';

export interface JsonProblem {
  /** Where in the text the problem is, in bytes. */
  readonly offset: number;
  readonly kind: 'too-deep' | 'too-many-values' | 'number' | 'surrogate';
}

const code = (character: string): number => character.charCodeAt(0);

const BACKSLASH = code('\\');
const QUOTE = code('"');
const SMALL_U = code('u');
const SMALL_C = code('c');
const SMALL_D = code('d');
const EIGHT = code('8');

/**
 * What a byte outside of strings begins. A table instead of a set, because a body of a megabyte needs a million
 * look-ups.
 */
const TOKEN = 0;
const SPACE = 1;
const COLON = 2;
const OPENS = 3;
const CLOSES = 4;
const TEXT = 5;

const BEGINS = new Uint8Array(256).fill(TOKEN);
for (const character of ' \t\n\r,') BEGINS[code(character)] = SPACE;
for (const character of '{[') BEGINS[code(character)] = OPENS;
for (const character of '}]') BEGINS[code(character)] = CLOSES;
BEGINS[code(':')] = COLON;
BEGINS[QUOTE] = TEXT;

/**
 * How many numbers of one body are examined closely. Any further long number counts as changed, unless a double prints
 * it as it was written.
 */
const MOST_LONG_NUMBERS = 10_000;

/**
 * Scans the text of a body once, before anything is built from it, so that a hostile body costs no more than its
 * bytes. It checks the depth, the number of values, numbers that a double can't hold, and halves of surrogate pairs
 * . The parser decides whether the text is JSON at all; what this returns for other texts does not matter.
 * @returns the first problem
 */
export const scanJson = (bytes: Buffer, limits: JsonLimits): JsonProblem | undefined =>
  new JsonScan(bytes, limits).run();

class JsonScan {
  private offset = 0;
  private depth = 0;
  private values = 0;
  private longNumbers = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly limits: JsonLimits,
  ) {}

  run(): JsonProblem | undefined {
    const { bytes, limits } = this;
    while (this.offset < bytes.length) {
      const offset = this.offset;
      const begins = BEGINS[bytes[offset] ?? 0];
      this.offset += 1;
      if (begins === SPACE) continue;
      const problem = this.step(begins, offset);
      if (problem) return problem;
    }
    return this.values > limits.values ? { offset: bytes.length, kind: 'too-many-values' } : undefined;
  }

  private step(begins: number | undefined, offset: number): JsonProblem | undefined {
    if (begins === CLOSES) {
      this.depth -= 1;
      return undefined;
    }
    // This was a name, which had been counted as a value.
    if (begins === COLON) {
      this.values -= 1;
      return undefined;
    }
    this.values += 1;
    // One more, because the last one may turn out to be a name.
    if (this.values > this.limits.values + 1) return { offset, kind: 'too-many-values' };
    if (begins === TEXT) return this.text();
    if (begins === TOKEN) return this.token(offset);
    this.depth += 1;
    return this.depth > this.limits.depth ? { offset, kind: 'too-deep' } : undefined;
  }

  /** Only an escape can produce half a pair: UTF-8 can't encode one. */
  private text(): JsonProblem | undefined {
    const { bytes } = this;
    let i = this.offset;
    for (; i < bytes.length && bytes[i] !== QUOTE; i += 1) {
      if (bytes[i] !== BACKSLASH) continue;
      const half = halfAt(bytes, i);
      if (half === 'high' && halfAt(bytes, i + 6) === 'low') i += 11;
      else if (half !== undefined) return { offset: i, kind: 'surrogate' };
      else i += 1;
    }
    this.offset = i + 1;
    return undefined;
  }

  private token(offset: number): JsonProblem | undefined {
    const { bytes } = this;
    while (this.offset < bytes.length && BEGINS[bytes[this.offset] ?? 0] === TOKEN) this.offset += 1;
    if (isPlainNumber(bytes, offset, this.offset)) return undefined;
    this.longNumbers += 1;
    const text = bytes.toString('latin1', offset, this.offset);
    const carried = this.longNumbers > MOST_LONG_NUMBERS ? String(Number(text)) === text : isCarried(text);
    return carried ? undefined : { offset, kind: 'number' };
  }
}

/** Returns which half of a pair the escape `\uXXXX` is: D800 to DBFF is the high one, DC00 to DFFF the low one. */
function halfAt(bytes: Buffer, offset: number): 'high' | 'low' | undefined {
  if (bytes[offset] !== BACKSLASH || bytes[offset + 1] !== SMALL_U) return undefined;
  if (((bytes[offset + 2] ?? 0) | 0x20) !== SMALL_D) return undefined;
  const digit = bytes[offset + 3] ?? 0;
  if (digit < EIGHT) return undefined;
  return (digit | 0x20) >= SMALL_C ? 'low' : 'high';
}
