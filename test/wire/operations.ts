import { readFileSync } from 'node:fs';

/**
 * Every operation that is promised, as `GET /cart/{tenant}/carts`, and the statuses that the wire names for it. Left
 * out: 500, and the 409 of two writers of one cart's items, who both get through here.
 */
export const OPERATIONS: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(JSON.parse(readFileSync(new URL('operations.json', import.meta.url), 'utf8'))),
);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface DescribedOperation {
  /** `GET /cart/{tenant}/carts` */
  readonly name: string;
  readonly method: (typeof METHODS)[number];
  /** `/cart/{tenant}/carts` */
  readonly template: string;
  readonly statuses: readonly number[];
  /** Nobody may call it without a bearer token in the header. */
  readonly asksForToken: boolean;
}

/** What a description of ours says. */
export function operationsOf(description: { readonly paths: object }): readonly DescribedOperation[] {
  return Object.entries(description.paths).flatMap(([template, item]: [string, object]) =>
    METHODS.flatMap((method) => {
      const operation: { responses?: object; security?: readonly object[] } | undefined = Reflect.get(
        item,
        method,
      );
      if (!operation) return [];
      const { responses = {}, security = [] } = operation;
      return {
        name: `${method.toUpperCase()} ${template}`,
        method,
        template,
        statuses: Object.keys(responses).map(Number),
        asksForToken: security.length > 0 && security.every((one) => 'bearer' in one),
      };
    }),
  );
}

/** All that we describe, as it is checked in (test: openapi.spec.ts). */
export const DESCRIBED = operationsOf(JSON.parse(readFileSync('openapi/openapi.json', 'utf8')));
