import type { LegalEntityRepository } from './client-management.repository.js';
import type { LegalEntity } from './client-management.types.js';
import { RECORD_LIMITS } from './managed-record.rules.js';

/** Returns the parent of a legal entity, its parent and so on, as far as they exist. */
export async function parentsOf(
  entities: LegalEntityRepository,
  { tenant, id, parentId }: Pick<LegalEntity, 'tenant' | 'id' | 'parentId'>,
): Promise<readonly LegalEntity[]> {
  const line: LegalEntity[] = [];
  let next = parentId;
  while (next !== undefined && line.length < RECORD_LIMITS.generations) {
    const parent = await entities.find(tenant, next);
    if (!parent) break;
    line.push(parent);
    next = parent.id === id ? undefined : parent.parentId;
  }
  return line;
}
