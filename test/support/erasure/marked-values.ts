/** Texts that occur nowhere else, each of them ASCII, so that UTF-8, Latin-1 and a URL spell it alike. */
export class MarkedValues {
  private readonly byName = new Map<string, string>();

  /** Makes a value that can be told from all others. */
  make(name: string, form = (mark: string): string => mark): string {
    const mark = `zq${String(this.byName.size + 10)}${WORDS[this.byName.size % WORDS.length]}`;
    return this.add(name, form(mark));
  }

  /** Adds a value that the service has made, such as a token. */
  add(name: string, value: string): string {
    if (value.length < SHORTEST)
      throw new Error(`${name} is too short to be told from other bytes: ${value}`);
    this.byName.set(name, value);
    return value;
  }

  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  /** Returns the names of the values that these bytes hold, in any of the spellings of `spellings`. */
  foundIn(content: Buffer): readonly string[] {
    return this.names.filter((name) => {
      const value = this.byName.get(name) ?? '';
      return spellings(value).some((bytes) => content.includes(bytes));
    });
  }
}

const WORDS = ['quagmire', 'zephyrine', 'borogove', 'jabberwock', 'frumious', 'tulgeywood', 'vorpalsong'];
const SHORTEST = 8;

/** Returns the bytes as which a text may have been stored or written. */
function spellings(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const texts = [...base64Of(bytes), ...base64Of(wide), ...hexOf(bytes)];
  return [bytes, wide, Buffer.from(wide).swap16(), ...texts.map((one) => Buffer.from(one))];
}

/** In base64, what is in the middle of a longer text depends on where it begins: at any of three places. */
const base64Of = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = shifted.subarray(0, shifted.length - (shifted.length % 3));
    const from = Math.ceil((before * 4) / 3);
    return [whole.toString('base64').slice(from), whole.toString('base64url').slice(from)];
  });

/** `5a71`, `5A71`, `\x5a\x71`, `\u005a\u0071` and `%5A%71`. */
function hexOf(bytes: Buffer): readonly string[] {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const upper = pairs.map((pair) => pair.toUpperCase());
  const escaped = ['\\x', '\\u00', '%'].flatMap((sign) =>
    [pairs, upper].map((all) => all.map((pair) => sign + pair).join('')),
  );
  return [pairs.join(''), upper.join(''), ...escaped];
}
