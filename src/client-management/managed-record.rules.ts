import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import { depthOf } from '../shared/json.js';
import type { Draft, LegalEntity, ManagedRecord } from './client-management.types.js';

export const RECORD_LIMITS = {
  depth: 32,
  /** Size of a record as JSON, in bytes of UTF-8. */
  bytes: 64 * 1024,
  /** Legal entities between one and the company at the top, both included. */
  generations: 20,
} as const;

/** @throws InvalidInput | TooLarge */
export function newRecord<T extends ManagedRecord>(
  key: Pick<T, 'tenant' | 'id'>,
  draft: Draft<T>,
  now: Date,
): Draft<T> & ManagedRecord {
  return { ...expectSmall(draft), ...key, createdAt: now, modifiedAt: now, version: 1 };
}

/**
 * @param version the one that the caller read, if it says so
 * @throws InvalidInput | TooLarge | VersionConflict
 */
export function replacedRecord<T extends ManagedRecord>(
  current: T,
  draft: Draft<T>,
  version: number | undefined,
  now: Date,
): Draft<T> & ManagedRecord {
  if (version !== undefined && version !== current.version) {
    throw new VersionConflict(version, current.version);
  }
  const { tenant, id, createdAt } = current;
  return { ...expectSmall(draft), tenant, id, createdAt, modifiedAt: now, version: current.version + 1 };
}

/** Checks the size first, because a part that is too large should not be inspected further. */
function expectSmall<D extends Pick<ManagedRecord, 'mixins' | 'mixinSchemas'>>(draft: D): D {
  const bytes = Buffer.byteLength(JSON.stringify(draft));
  if (bytes > RECORD_LIMITS.bytes) {
    throw new TooLarge(`The record would have ${bytes} bytes: the maximum is ${RECORD_LIMITS.bytes}`);
  }
  for (const field of ['mixins', 'mixinSchemas'] as const) {
    if (depthOf(draft[field], RECORD_LIMITS.depth) > RECORD_LIMITS.depth) {
      const name = field === 'mixins' ? field : 'metadata.mixins';
      throw InvalidInput.of(name, `must not be nested deeper than ${RECORD_LIMITS.depth} levels`);
    }
  }
  return draft;
}

/**
 * Refuses a parent below the entity itself, and a line of parents that is too long.
 * @param line the parent, its parent and so on
 * @throws InvalidInput
 */
export function expectParents(id: string, line: readonly LegalEntity[]): void {
  if (line.some((parent) => parent.id === id)) {
    throw InvalidInput.of('parentId', 'must not be this legal entity or one below it');
  }
  if (line.length >= RECORD_LIMITS.generations) {
    throw InvalidInput.of('parentId', `there would be more than ${RECORD_LIMITS.generations} generations`);
  }
}
