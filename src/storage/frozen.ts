/** @returns the row, which from now on nobody can change in place: many readers may share it */
export function frozen<T extends object>(value: T): T {
  // A part that an earlier version of the row had too.
  if (Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const part of value.values()) freezePart(part);
    for (const change of ['set', 'add', 'delete', 'clear']) {
      if (change in value) Object.defineProperty(value, change, { value: refuse });
    }
  } else if (!ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) freezePart(part);
  }
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}

function freezePart(part: unknown): void {
  if (typeof part === 'object' && part !== null) frozen(part);
}

function refuse(): never {
  throw new TypeError('A row of the store can not be changed in place: write another one');
}
