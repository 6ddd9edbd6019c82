interface Level {
  readonly isList: boolean;
  /** Of the name of the member that was begun last, with its quotes. */
  from: number;
  to: number;
  /** Of the member, among the others. */
  place: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * The path of what stands at `offset` of a JSON text, such as `items.0.price`, for a refusal. Slower than the scan that
 * found it: it keeps the way to where it is.
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

/** @returns the offset behind the closing quote */
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
