import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.js';

export const text = z.string().max(10_000);
export const count = z.int().nonnegative();
export const time = z.iso.datetime().transform((iso) => new Date(iso));

/** As it came: zod would lose a key `__proto__`. */
export const jsonObject = z.custom<JsonObject>(isJsonObject, 'must be an object');
export const json = z.custom<Json>((value) => value !== undefined, 'must be JSON');

/** A Map is written as a list of pairs, because a name may be any text. */
export const mapOf = <V>(value: z.ZodType<V>): z.ZodType<ReadonlyMap<string, V>> =>
  z.array(z.tuple([z.string(), value])).transform((pairs) => new Map(pairs));

export const maybe = z.exactOptional;
