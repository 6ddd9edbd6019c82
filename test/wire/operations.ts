import { readFileSync } from 'node:fs';

/**
 * Every operation that is promised, as `GET /cart/{tenant}/carts`, and the statuses that the wire names for it. Left
 * out: 500, and the 409 of two writers of one cart's items, who both get through here.
 */
export const OPERATIONS: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(JSON.parse(readFileSync(new URL('operations.json', import.meta.url), 'utf8'))),
);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The same of a description of ours. */
export function operationsOf(description: {
  readonly paths: object;
}): ReadonlyMap<string, readonly number[]> {
  const found = Object.entries(description.paths).flatMap(([path, item]: [string, object]) =>
    METHODS.flatMap((method) => {
      const operation: { responses?: object } | undefined = Reflect.get(item, method);
      if (!operation) return [];
      const statuses = Object.keys(operation.responses ?? {}).map(Number);
      return [[`${method.toUpperCase()} ${path}`, statuses] as const];
    }),
  );
  return new Map(found);
}
