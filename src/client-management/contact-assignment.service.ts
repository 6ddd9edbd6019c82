import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import { InvalidInput } from '../shared/domain-error.js';
import { Clock } from '../shared/clock.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { ContactAssignmentRepository, LegalEntityRepository } from './client-management.repository.js';
import type { ContactAssignment, Draft } from './client-management.types.js';
import { Memberships } from './memberships.service.js';
import { RecordKeeper } from './record-keeper.js';

@Injectable()
export class ContactAssignmentService {
  private readonly keeper: RecordKeeper<ContactAssignment>;

  constructor(
    private readonly assignments: ContactAssignmentRepository,
    private readonly entities: LegalEntityRepository,
    private readonly customers: CustomerRepository,
    private readonly memberships: Memberships,
    clock: Clock,
  ) {
    this.keeper = new RecordKeeper<ContactAssignment>('contact assignment', assignments, clock);
  }

  list(tenant: string, listing: Listing): Promise<Listed<ContactAssignment>> {
    return this.assignments.list(tenant, listing);
  }

  /** @throws RecordNotFound */
  read(tenant: string, id: string): Promise<ContactAssignment> {
    return this.keeper.read(tenant, id);
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  async create(tenant: string, draft: Draft<ContactAssignment>, id?: string): Promise<string> {
    await this.expectBoth(tenant, draft);
    return this.keeper.create(tenant, draft, id);
  }

  /**
   * Replaces an assignment, or creates it. If it changes hands, sessions that it allowed end.
   * @returns whether it was created
   * @throws RecordNotFound - a version was named, and there is no such assignment
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<ContactAssignment>, version?: number): Promise<boolean> {
    await this.expectBoth(tenant, draft);
    const before = await this.keeper.put(tenant, id, draft, version);
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
