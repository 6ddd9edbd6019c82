const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** `true` or `false` in any case. @returns undefined for everything else, the empty text too (F-22) */
export const flagOf = (text: string): boolean | undefined => FLAGS.get(text.toLowerCase());

export const NO_FLAG = 'must be true or false';
