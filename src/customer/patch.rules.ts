import { InvalidInput, TooLarge } from '../shared/domain-error.js';
import { depthOf, type JsonObject } from '../shared/json.js';
import { mergePatch } from '../shared/merge-patch.js';

/** Behaviour D-14 sets these limits for one attribute of a context. A mixin is the same kind of data. */
const MIXINS_DEPTH = 32;
const MIXINS_BYTES = 64 * 1024;

/** Changes of text fields: null removes one, and an absent one stays (RFC 7396). */
export type TextChanges<Field extends string> = { readonly [F in Field]?: string | null };

/** @param fresh a copy of the record that nobody else holds; it is changed in place */
export function applyTexts<Field extends string>(
  fresh: { [F in Field]?: string },
  changes: TextChanges<Field>,
  fields: readonly Field[],
): void {
  for (const field of fields) {
    const value = changes[field];
    if (value === null) delete fresh[field];
    else if (value !== undefined) fresh[field] = value;
  }
}

/**
 * Applies a PATCH to mixins: merged by key at every level, and null removes (RFC 7396 section 2).
 * @param patch undefined leaves the mixins as they are, null empties them
 * @throws InvalidInput | TooLarge
 */
export function mergedMixins(
  current: JsonObject,
  patch: JsonObject | null | undefined,
  field = 'mixins',
): JsonObject {
  if (patch === undefined) return current;
  if (patch === null) return {};
  return checkedMixins(mergePatch(current, checkedMixins(patch, field)), field);
}

/**
 * Checks the mixins of a new record, which are kept as they were sent. The size is checked first, so that mixins that
 * are too large are not examined further.
 * @throws InvalidInput | TooLarge
 */
export function checkedMixins(mixins: JsonObject, field = 'mixins'): JsonObject {
  const bytes = Buffer.byteLength(JSON.stringify(mixins));
  if (bytes > MIXINS_BYTES) {
    throw new TooLarge(`${field}: has ${bytes} bytes; the limit is ${MIXINS_BYTES}`);
  }
  if (depthOf(mixins, MIXINS_DEPTH) <= MIXINS_DEPTH) return mixins;
  throw InvalidInput.of(field, `is nested deeper than ${MIXINS_DEPTH} levels`);
}
