import { isJsonObject, type Json, type JsonObject } from './json.js';

/**
 * JSON Merge Patch (RFC 7396): objects are merged, null removes, anything else replaces. Keys are data,
 * `__proto__` included. It goes as deep as `patch`: check its depth before.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergedValue(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function mergedValue(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  return mergePatch(isJsonObject(target) ? target : {}, patch);
}
