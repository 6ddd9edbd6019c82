import type { Json, JsonObject } from '../shared/json.js';

/** Leaves out fields that are missing or null in another platform's document. */
export const present = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (field): field is [string, Json] => field[1] !== undefined && field[1] !== null,
    ),
  );
