import { isJsonObject } from '../../shared/json.js';

/** Returns `id,metadata.version` as paths. */
export const parseFields = (fields: string): readonly (readonly string[])[] =>
  fields
    .split(',')
    .map((field) => field.trim().split('.'))
    .filter(([first]) => first !== '');

/**
 * Returns the named parts of a body, or of each entry if it is a list. A name that does not exist is ignored (C-02).
 */
export function projected(body: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(body)) return body.map((entry) => projected(entry, paths));
  if (!isObject(body)) return body;
  const kept = Object.keys(body).flatMap((name) => {
    const inner = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    if (inner.length === 0) return [];
    const value: unknown = Reflect.get(body, name);
    const whole = inner.some((path) => path.length === 0);
    return [[name, whole ? value : projected(value, inner)] as const];
  });
  return Object.fromEntries(kept);
}

const isObject = (value: unknown): value is object => isJsonObject(value) && !(value instanceof Date);
