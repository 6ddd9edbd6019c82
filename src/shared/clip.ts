/** Cuts a text that a caller chose, so that whatever repeats it stays small. Never ends in half a surrogate pair. */
export function clip(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text;
  return `${text.slice(0, mostCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Cuts a text to at most this many bytes as a JSON string, in which a control character takes six. */
export function clipBytes(text: string, mostBytes: number): string {
  let cut = clip(text, mostBytes);
  while (cut.length > 1 && Buffer.byteLength(JSON.stringify(cut)) > mostBytes + 2) {
    cut = clip(cut, Math.ceil(cut.length * 0.75));
  }
  return cut;
}
