import { Injectable } from '@nestjs/common';
import { ContactAssignmentRepository } from './client-management.repository.js';
import type { ContactAssignment } from './client-management.types.js';
import { Memberships } from './memberships.service.js';

/** The contact assignments of one person, for export and erasure. */
@Injectable()
export class ContactsOfPerson {
  constructor(
    private readonly assignments: ContactAssignmentRepository,
    private readonly memberships: Memberships,
  ) {}

  list(tenant: string, customerId: string): Promise<readonly ContactAssignment[]> {
    return this.assignments.ofCustomer(tenant, customerId);
  }

  /** @returns how many were removed */
  async remove(tenant: string, customerId: string): Promise<number> {
    return this.memberships.withdraw(await this.list(tenant, customerId));
  }
}
