import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import { InvalidInput } from '../shared/domain-error.js';
import { Clock } from '../shared/clock.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { newId } from '../shared/ids.js';
import { RecordExists, RecordNotFound } from './client-management.errors.js';
import { ContactAssignmentRepository, LegalEntityRepository } from './client-management.repository.js';
import type { ContactAssignment, Draft } from './client-management.types.js';
import { newRecord, replacedRecord } from './managed-record.rules.js';
import { Memberships } from './memberships.service.js';

@Injectable()
export class ContactAssignmentService {
  constructor(
    private readonly assignments: ContactAssignmentRepository,
    private readonly entities: LegalEntityRepository,
    private readonly customers: CustomerRepository,
    private readonly memberships: Memberships,
    private readonly clock: Clock,
  ) {}

  list(tenant: string, listing: Listing): Promise<Listed<ContactAssignment>> {
    return this.assignments.list(tenant, listing);
  }

  /** @throws RecordNotFound */
  async read(tenant: string, id: string): Promise<ContactAssignment> {
    const found = await this.assignments.find(tenant, id);
    if (!found) throw new RecordNotFound('contact assignment', id);
    return found;
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  async create(tenant: string, draft: Draft<ContactAssignment>, id = newId()): Promise<string> {
    await this.expectBoth(tenant, draft);
    const made = await this.assignments.create(newRecord({ tenant, id }, draft, this.clock.now()));
    if (!made) throw new RecordExists('contact assignment', id);
    return id;
  }

  /**
   * Replaces an assignment, or creates it. If it changes hands, sessions that it allowed end.
   * @returns whether it was created
   * @throws RecordNotFound - a version was named, and there is no such assignment
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<ContactAssignment>, version?: number): Promise<boolean> {
    await this.expectBoth(tenant, draft);
    const now = this.clock.now();
    const decided: { before?: ContactAssignment } = {};
    await this.assignments.change(tenant, id, (current) => {
      if (current) decided.before = current;
      else delete decided.before;
      if (current) return replacedRecord(current, draft, version, now);
      if (version !== undefined) throw new RecordNotFound('contact assignment', id);
      return newRecord({ tenant, id }, draft, now);
    });
    const { before } = decided;
    const isAnother =
      before && (before.customerId !== draft.customerId || before.legalEntityId !== draft.legalEntityId);
    if (isAnother) await this.memberships.endSessionsOf(before);
    return !before;
  }

  /** Takes the customer out of the legal entity, and out of its sessions. @throws RecordNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    await this.memberships.withdraw([await this.read(tenant, id)]);
  }

  /** @throws InvalidInput - one of the two does not exist */
  private async expectBoth(tenant: string, draft: Draft<ContactAssignment>): Promise<void> {
    const [entity, customer] = await Promise.all([
      this.entities.find(tenant, draft.legalEntityId),
      this.customers.find(tenant, draft.customerId),
    ]);
    if (!entity) throw InvalidInput.of('legalEntity.id', 'there is no legal entity with this id');
    if (!customer) throw InvalidInput.of('customer.id', 'there is no customer with this id');
  }
}
