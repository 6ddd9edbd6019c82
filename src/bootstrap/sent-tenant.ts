import type { z } from 'zod';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { bootstrapSchema, type DeclaredTenant, tenantSettingsSchema } from './bootstrap.schema.js';
import { RefusedDeclaration } from './placed.js';

/**
 * Reads a tenant that a client sent. It may hold what a tenant of the file may hold.
 * @throws InvalidInput with every problem
 */
export function readSentTenant(given: unknown): DeclaredTenant {
  const parsed = bootstrapSchema.safeParse({ tenants: [given] });
  const [tenant] = parsed.data?.tenants ?? [];
  if (!tenant) throw new InvalidInput((parsed.error?.issues ?? []).map(problemOf));
  return tenant;
}

/** @throws InvalidInput */
export function readSentSettings(given: unknown): DeclaredTenant['settings'] {
  const parsed = tenantSettingsSchema.safeParse(given);
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
