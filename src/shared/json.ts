/** A JSON value as a caller sent it. Object keys may be anything, including `__proto__`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a text as it is, and other JSON as its JSON text. @returns undefined for null, which is no value */
export function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Counts levels of nesting, at most one level past `limit`, so that a hostile depth can't overflow the stack. */
export function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit < 0) return 1;
  let deepest = 0;
  // For thousands of members, building a list of their values takes longer than walking them. Parsed JSON
  // inherits nothing.
  for (const name in value) {
    deepest = Math.max(deepest, depthOf(value[name as keyof typeof value], limit - 1));
    if (deepest > limit) break;
  }
  return deepest + 1;
}

export interface JsonLimits {
  readonly depth: number;
  /** Objects, lists, strings, numbers and so on, added together. */
  readonly values: number;
}

/** Returns the limit that the value exceeds, if any. It walks the value once and stops as soon as it knows. */
export const excessOf = (value: unknown, limits: JsonLimits): keyof JsonLimits | undefined =>
  new LimitedWalk(limits).excessOf(value, limits.depth);

class LimitedWalk {
  private values = 0;

  constructor(private readonly limits: JsonLimits) {}

  excessOf(value: unknown, depthLeft: number): keyof JsonLimits | undefined {
    this.values += 1;
    if (this.values > this.limits.values) return 'values';
    if (typeof value !== 'object' || value === null) return undefined;
    if (depthLeft === 0) return 'depth';
    for (const name in value) {
      const excess = this.excessOf(value[name as keyof typeof value], depthLeft - 1);
      if (excess) return excess;
    }
    return undefined;
  }
}
