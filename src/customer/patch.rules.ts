import { InvalidInput, TooLarge } from '../shared/domain-error.js';
import { depthOf, type JsonObject } from '../shared/json.js';
import { mergePatch } from '../shared/merge-patch.js';

/** Behaviour D-14 gives these to one attribute of a context; a mixin is the same kind of data. */
const MIXINS_DEPTH = 32;
const MIXINS_BYTES = 64 * 1024;

/** Fields of text: null removes one, an absent one stays (RFC 7396). */
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
 * What a PATCH makes of mixins: merged by key at every level, null removes (RFC 7396 section 2).
 * @param patch undefined leaves them as they are, null empties them
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
 * Mixins of something new, kept as they came. Size comes first: of what is too large, nothing else is looked at.
 * @throws InvalidInput | TooLarge
 */
export function checkedMixins(mixins: JsonObject, field = 'mixins'): JsonObject {
  const bytes = Buffer.byteLength(JSON.stringify(mixins));
  if (bytes > MIXINS_BYTES) {
    throw new TooLarge(`${field}: has ${bytes} bytes, more than the ${MIXINS_BYTES} that are taken`);
  }
  if (depthOf(mixins, MIXINS_DEPTH) <= MIXINS_DEPTH) return mixins;
  throw InvalidInput.of(field, `is nested deeper than ${MIXINS_DEPTH} levels`);
}
