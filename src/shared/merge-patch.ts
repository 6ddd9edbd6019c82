import { isJsonObject, type Json, type JsonObject } from './json.js';

/**
 * Applies a JSON Merge Patch (RFC 7396): objects are merged, null removes, and anything else replaces. Keys are data,
 * including `__proto__`. The recursion goes as deep as `patch`, so check its depth first.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...target };
  // A list of entries or a Map takes several times as long for thousands of members.
  for (const key in patch) {
    const value = patch[key] ?? null;
    if (value === null) delete merged[key];
    else set(merged, key, mergedValue(Object.hasOwn(merged, key) ? merged[key] : undefined, value));
  }
  return merged;
}

function mergedValue(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  return mergePatch(isJsonObject(target) ? target : {}, patch);
}

/** A plain assignment to `__proto__` would set the prototype. */
function set(object: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
