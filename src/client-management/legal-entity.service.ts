import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { newId } from '../shared/ids.js';
import {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from './client-management.repository.js';
import type { Draft, LegalEntity } from './client-management.types.js';
import { parentsOf } from './line-of-parents.js';
import { expectParents } from './managed-record.rules.js';
import { Memberships } from './memberships.service.js';
import { RecordKeeper } from './record-keeper.js';

/** How many records below a legal entity are removed before the next are looked up. */
const AT_ONCE = 100;

@Injectable()
export class LegalEntityService {
  private readonly keeper: RecordKeeper<LegalEntity>;

  constructor(
    private readonly entities: LegalEntityRepository,
    private readonly assignments: ContactAssignmentRepository,
    private readonly locations: LocationRepository,
    private readonly memberships: Memberships,
    clock: Clock,
  ) {
    this.keeper = new RecordKeeper<LegalEntity>('legal entity', entities, clock);
  }

  /** @param customerId only those that this customer is assigned to */
  async list(tenant: string, listing: Listing, customerId?: string): Promise<Listed<LegalEntity>> {
    if (customerId === undefined) return this.entities.list(tenant, listing);
    const own = await this.assignments.ofCustomer(tenant, customerId);
    const values = [...new Set(own.map(({ legalEntityId }) => legalEntityId))];
    if (values.length === 0) return { rows: [], ...(listing.counted && { total: 0 }) };
    const filter = [...listing.filter, { op: 'in', path: 'id', values } as const];
    return this.entities.list(tenant, { ...listing, filter });
  }

  /** @throws RecordNotFound */
  read(tenant: string, id: string): Promise<LegalEntity> {
    return this.keeper.read(tenant, id);
  }

  /** Returns the legal entity, its parent and so on, as far as they exist. @throws RecordNotFound */
  async lineOf(tenant: string, id: string): Promise<readonly LegalEntity[]> {
    const first = await this.read(tenant, id);
    return [first, ...(await parentsOf(this.entities, first))];
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  async create(tenant: string, draft: Draft<LegalEntity>, id = newId()): Promise<string> {
    await this.expectReferences(tenant, id, draft);
    return this.keeper.create(tenant, draft, id);
  }

  /**
   * Replaces a legal entity, or creates it.
   * @returns whether it was created
   * @throws RecordNotFound - a version was named, and there is no such legal entity
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<LegalEntity>, version?: number): Promise<boolean> {
    await this.expectReferences(tenant, id, draft);
    return !(await this.keeper.put(tenant, id, draft, version));
  }

  /**
   * Removes a legal entity with all below it, and ends the sessions of their contacts. The lowest go first, so that an
   * interrupted removal can be repeated.
   * @throws RecordNotFound
   */
  async remove(tenant: string, id: string): Promise<void> {
    await this.read(tenant, id);
    await this.removeAll(tenant, id, new Set());
  }

  private async removeAll(tenant: string, id: string, seen: Set<string>): Promise<void> {
    if (seen.has(id)) return;
    seen.add(id);
    for (;;) {
      const below = await this.entities.list(tenant, firstOf('parentId', id));
      const left = below.rows.filter((one) => !seen.has(one.id));
      if (left.length === 0) break;
      for (const child of left) await this.removeAll(tenant, child.id, seen);
    }
    for (;;) {
      const { rows } = await this.assignments.list(tenant, firstOf('legalEntityId', id));
      if (rows.length === 0) break;
      await this.memberships.withdraw(rows);
    }
    await this.entities.remove(tenant, id);
  }

  /** @throws InvalidInput - something that the draft refers to does not exist */
  private async expectReferences(tenant: string, id: string, draft: Draft<LegalEntity>): Promise<void> {
    const { parentId, entitiesAddresses, approvalGroup } = draft;
    if (parentId !== undefined) {
      const line = await parentsOf(this.entities, { tenant, id, parentId });
      if (line.length === 0) throw InvalidInput.of('parentId', 'there is no legal entity with this id');
      expectParents(id, line);
    }
    expectAll(
      'entitiesAddresses',
      entitiesAddresses,
      await this.locations.findAll(tenant, entitiesAddresses),
    );
    expectAll('approvalGroup', approvalGroup, await this.assignments.findAll(tenant, approvalGroup));
  }
}

const firstOf = (path: string, value: string): Listing => ({
  filter: [{ op: 'eq', path, value }],
  order: { path: 'id', descending: false },
  skip: 0,
  limit: AT_ONCE,
  counted: false,
});

function expectAll(field: string, ids: readonly string[], found: readonly { readonly id: string }[]): void {
  const known = new Set(found.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw InvalidInput.of(field, `nothing has the id ${unknown.join(', ')}`);
}
