import { InvalidInput } from '../shared/domain-error.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import { mergePatch } from '../shared/merge-patch.js';
import { checked, expectDepth } from './site-check.rules.js';
import type { Site } from './site.types.js';

export const hasMixin = (site: Site, name: string): boolean => Object.hasOwn(site.mixins, name);

/** Returns a mixin as the mixin routes show it: the data, with the URL of its schema in `metadata.schema`. */
export function shownMixin({ mixins, mixinSchemas }: Site, name: string): JsonObject | undefined {
  const data = Object.hasOwn(mixins, name) ? mixins[name] : undefined;
  if (!isJsonObject(data)) return undefined;
  const schema = Object.hasOwn(mixinSchemas, name) ? mixinSchemas[name] : undefined;
  if (schema === undefined) return data;
  const metadata = data['metadata'];
  return { ...data, metadata: { ...(isJsonObject(metadata) && metadata), schema } };
}

export function shownMixins(site: Site): JsonObject {
  return Object.fromEntries(Object.keys(site.mixins).map((name) => [name, shownMixin(site, name) ?? {}]));
}

/**
 * Sets a mixin from the form that `shownMixin` returns.
 * @throws InvalidInput | TooLarge
 */
export function withMixin(site: Site, name: string, shown: JsonObject): Site {
  const { data, schema } = split(shown);
  const others = without(site.mixinSchemas, name);
  return checked({
    ...site,
    mixins: { ...site.mixins, [name]: data },
    mixinSchemas: schema === undefined ? others : { ...others, [name]: schema },
  });
}

/** Merges a patch into a mixin as RFC 7396 describes. @throws InvalidInput | TooLarge */
export function patchedMixin(site: Site, name: string, patch: JsonObject): Site {
  expectDepth(name, patch);
  return withMixin(site, name, mergePatch(shownMixin(site, name) ?? {}, patch));
}

export const withoutMixin = (site: Site, name: string): Site => ({
  ...site,
  mixins: without(site.mixins, name),
  mixinSchemas: without(site.mixinSchemas, name),
});

/**
 * Reads a new mixin, which is sent as `{ name: data }`.
 * @throws InvalidInput
 */
export function namedMixin(body: unknown): { readonly name: string; readonly shown: JsonObject } {
  const entry = isJsonObject(body) ? onlyEntry(body) : undefined;
  if (!entry) {
    throw InvalidInput.of('body', 'must be an object with one key, the name of the mixin, and its data');
  }
  const [name, shown] = entry;
  if (!isJsonObject(shown)) throw InvalidInput.of(name, 'must be an object');
  return { name, shown };
}

/**
 * Reads a changed mixin. The Emporix API documents both forms: `{ name: data }`, and the data alone.
 * @throws InvalidInput
 */
export function mixinData(name: string, body: unknown): JsonObject {
  if (!isJsonObject(body)) throw InvalidInput.of('body', 'must be an object: the data of the mixin');
  const [key, data] = onlyEntry(body) ?? [];
  return key === name && isJsonObject(data) ? data : body;
}

/** Returns undefined unless there is exactly one entry. Stops at the second, so a huge object costs nothing. */
function onlyEntry(object: JsonObject): readonly [string, Json | undefined] | undefined {
  let only: string | undefined;
  for (const key in object) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only === undefined ? undefined : [only, object[only]];
}

function split(shown: JsonObject): { readonly data: JsonObject; readonly schema?: string } {
  const metadata = shown['metadata'];
  if (!isJsonObject(metadata) || typeof metadata['schema'] !== 'string') return { data: shown };
  const { schema, ...rest } = metadata;
  const isSchemaAlone = Object.keys(rest).length === 0;
  return {
    data: isSchemaAlone ? without(shown, 'metadata') : { ...shown, metadata: rest },
    schema: String(schema),
  };
}

function without(object: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(object, name)) return object;
  const { [name]: _left, ...others } = object;
  return others;
}
