/** A JSON value as a caller sent it. Object keys may be anything, `__proto__` included. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levels of nesting, counted without recursion so that a hostile depth can't overflow the stack. */
export function depthOf(value: unknown, limit: number): number {
  let level: unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= limit) {
    const next = level.flatMap((v) => (typeof v === 'object' && v !== null ? Object.values(v) : []));
    const nested = level.some((v) => typeof v === 'object' && v !== null);
    if (!nested) break;
    depth += 1;
    level = next;
  }
  return depth;
}

/** JSON's `1e999` is parsed to Infinity, which would be answered as null. Check the depth first. */
export function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}
