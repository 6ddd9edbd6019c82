/** What a terminal obeys instead of printing it, or shows in another order than it was written. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}]/gu;
const OBEYED_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Returns text that is safe to print. Callers of the service have written parts of it (CWE-150, X-34). */
export const printable = (text: string): string => text.replaceAll(OBEYED_BUT_LINES, escaped);

/** As `printable`, for a part of one line. */
export const printableWord = (text: string): string => text.replaceAll(OBEYED, escaped);
