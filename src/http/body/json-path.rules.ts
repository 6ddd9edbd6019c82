interface Level {
  readonly isList: boolean;
  /** Where the name of the latest member begins and ends, quotes included. */
  from: number;
  to: number;
  /** Index of the present entry or member. */
  place: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * Returns the path of what is at `offset` in a JSON text, such as `items.0.price`, for a refusal. It is slower than the
 * scan that found the problem, because it tracks where it is.
 */
export function pathAt(bytes: Buffer, offset: number): string {
  const levels: Level[] = [];
  let i = 0;
  while (i < offset && i < bytes.length) {
    const byte = bytes[i] ?? 0;
    const from = i;
    i = byte === QUOTE ? endOfText(bytes, i + 1) : i + 1;
    step(levels, byte, () => bytes[skipSpaces(bytes, i)] === COLON && { from, to: i });
  }
  const parts = levels.map(({ isList, from, to, place }) =>
    isList ? String(place) : nameOf(bytes.subarray(from, to)),
  );
  return parts.length === 0 ? 'body' : parts.join('.');
}

function step(levels: Level[], byte: number, name: () => false | Pick<Level, 'from' | 'to'>): void {
  const level = levels.at(-1);
  switch (String.fromCharCode(byte)) {
    case '[':
    case '{':
      levels.push({ isList: byte === 0x5b, from: 0, to: 0, place: 0 });
      break;
    case ']':
    case '}':
      levels.pop();
      break;
    case ',':
      if (level) level.place += 1;
      break;
    case '"':
      if (level && !level.isList) Object.assign(level, name());
      break;
    default:
  }
}

/** @returns the offset after the closing quote */
function endOfText(bytes: Buffer, from: number): number {
  let i = from;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

function skipSpaces(bytes: Buffer, from: number): number {
  let i = from;
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[i] ?? 0)) i += 1;
  return i;
}

function nameOf(text: Buffer): string {
  try {
    return String(JSON.parse(text.toString())).toWellFormed();
  } catch {
    return '';
  }
}
