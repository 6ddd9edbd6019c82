/** A JSON value as a caller sent it. Object keys may be anything, `__proto__` included. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levels of nesting, looked at no deeper than one level past `limit`: a hostile depth can't overflow the stack. */
export function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit < 0) return 1;
  let deepest = 0;
  // Of fifty thousand members, a list of their values takes longer to make than to walk. JSON inherits nothing.
  for (const name in value) {
    deepest = Math.max(deepest, depthOf(value[name as keyof typeof value], limit - 1));
    if (deepest > limit) break;
  }
  return deepest + 1;
}
