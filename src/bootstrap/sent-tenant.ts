import type { z } from 'zod';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { excessOf, isJsonObject } from '../shared/json.js';
import { schemaWords } from '../shared/schema-words.js';
import { bootstrapSchema, type DeclaredTenant, tenantSettingsSchema } from './bootstrap.schema.js';
import { RefusedDeclaration } from './placed.js';

/** Other requests wait while a body is checked, so it may not be as large as the file. */
const LIMITS = { values: 3_000, depth: 16 } as const;

/** Of one request. A customer's password takes about 50 ms to hash, and a request has ten seconds. */
const MOST_ENTRIES = [
  ['clients', 200],
  ['sites', 100],
  ['customers', 50],
  ['priceModels', 100],
  ['prices', 1_000],
  ['discounts', 500],
  ['vtex.customerGroups', 200],
  ['vtex.campaigns', 200],
  ['vtex.regions', 200],
  ['vtex.sessionApps', 50],
] as const;

const EXCESS = {
  values: `must have ${LIMITS.values} JSON values at most; send further parts with PATCH`,
  depth: `must be nested ${LIMITS.depth} levels deep at most`,
} as const;

/** Call this before anything else reads the body. @throws InvalidInput */
export function refuseExcess(body: unknown): void {
  const excess = excessOf(body, LIMITS);
  if (excess) throw InvalidInput.of('body', EXCESS[excess]);
  const long = MOST_ENTRIES.filter(([field, most]) => lengthAt(body, field) > most);
  if (long.length === 0) return;
  throw new InvalidInput(
    long.map(([field, most]) => ({ field, message: `must have ${most} entries at most in one request` })),
  );
}

function lengthAt(body: unknown, field: string): number {
  let found = body;
  for (const name of field.split('.')) found = isJsonObject(found) ? found[name] : undefined;
  return Array.isArray(found) ? found.length : 0;
}

/**
 * Reads a tenant that a client sent. It may hold what a tenant of the file may hold.
 * @throws InvalidInput with every problem
 */
export function readSentTenant(given: unknown): DeclaredTenant {
  refuseExcess(given);
  const parsed = bootstrapSchema.safeParse({ tenants: [given] }, schemaWords);
  const [tenant] = parsed.data?.tenants ?? [];
  if (!tenant) throw new InvalidInput((parsed.error?.issues ?? []).map(problemOf));
  return tenant;
}

/** @throws InvalidInput */
export function readSentSettings(given: unknown): DeclaredTenant['settings'] {
  const parsed = tenantSettingsSchema.safeParse(given, schemaWords);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    parsed.error.issues.map((issue) =>
      problemOf({ ...issue, path: ['tenants', 0, 'settings', ...issue.path] }),
    ),
  );
}

/** Names the field instead of a place in the file. @throws InvalidInput, and what else `load` throws */
export async function asSent<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof RefusedDeclaration) throw InvalidInput.of(fieldOf(error.place), error.problem);
    throw error;
  }
}

/** Makes the name of a field of a place such as `.clients[0]`. */
export const fieldOf = (place: string): string => place.replace(/^\./, '');

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** In the file, the tenant is `tenants[0]`. */
function problemOf({ path, message }: Issue): Problem {
  const field = path
    .slice(2)
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return { field: fieldOf(field) || 'body', message: message.replaceAll('tenants[0].', '') };
}
