const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Reads `true` or `false` in any case. @returns undefined for anything else, including the empty string (F-22) */
export const flagOf = (text: string): boolean | undefined => FLAGS.get(text.toLowerCase());

export const NO_FLAG = 'must be true or false';
