import { Injectable } from '@nestjs/common';
import { SessionRepository } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import { Forbidden } from '../shared/domain-error.js';
import { ContactAssignmentRepository, LegalEntityRepository } from './client-management.repository.js';
import type { ContactAssignment } from './client-management.types.js';
import { parentsOf } from './line-of-parents.js';

/** Decides for which legal entities a customer may act. */
@Injectable()
export class Memberships {
  constructor(
    private readonly entities: LegalEntityRepository,
    private readonly assignments: ContactAssignmentRepository,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells whether the customer may act for the legal entity. A tenant without any legal entity keeps them elsewhere, so
   * any id is taken there.
   */
  async mayActFor(tenant: string, customerId: string | undefined, legalEntityId: string): Promise<boolean> {
    if (await this.isAssigned(tenant, customerId, legalEntityId)) return true;
    return !(await this.entities.hasAny(tenant));
  }

  /** @throws Forbidden - in the same words for one that is another's and one that does not exist */
  async expectMayActFor(
    tenant: string,
    customerId: string | undefined,
    legalEntityId: string,
  ): Promise<void> {
    if (await this.mayActFor(tenant, customerId, legalEntityId)) return;
    throw new Forbidden('The customer is not assigned to this legal entity');
  }

  /** Returns the groups whose prices the customer gets when buying for the legal entity; none if not assigned. */
  async groupsOf(tenant: string, customerId: string, legalEntityId: string): Promise<readonly string[]> {
    if (!(await this.isAssigned(tenant, customerId, legalEntityId))) return [];
    const entity = await this.entities.find(tenant, legalEntityId);
    return entity?.customerGroups.map(({ id }) => id) ?? [];
  }

  /** Returns the ids of the legal entity and of all above it; none if the customer is not assigned to it. */
  async lineFor(
    tenant: string,
    customerId: string | undefined,
    legalEntityId: string,
  ): Promise<readonly string[]> {
    const isAssigned = await this.isAssigned(tenant, customerId, legalEntityId);
    return isAssigned ? this.lineOf(tenant, legalEntityId) : [];
  }

  /** Returns the ids of the legal entity and of all above it; none if there is no such legal entity. */
  async lineOf(tenant: string, legalEntityId: string): Promise<readonly string[]> {
    const entity = await this.entities.find(tenant, legalEntityId);
    if (!entity) return [];
    return [entity, ...(await parentsOf(this.entities, entity))].map(({ id }) => id);
  }

  /**
   * Removes assignments, and ends the sessions in which their customers act for the legal entity. Sessions end before
   * and after: before, so that a crash in between leaves no session behind that acts without an assignment; after, for
   * a session that was bound in between.
   * @returns how many assignments there were
   */
  async withdraw(assignments: readonly ContactAssignment[]): Promise<number> {
    let removed = 0;
    for (const assignment of assignments) {
      await this.endSessionsOf(assignment);
      removed += Number(await this.assignments.remove(assignment.tenant, assignment.id));
      await this.endSessionsOf(assignment);
    }
    return removed;
  }

  /** Ends the customer's sessions for the legal entity, unless another assignment allows them. */
  async endSessionsOf({ tenant, id, customerId, legalEntityId }: ContactAssignment): Promise<void> {
    const others = await this.assignments.ofCustomer(tenant, customerId);
    if (others.some((other) => other.id !== id && other.legalEntityId === legalEntityId)) return;
    for (const sessionId of await this.sessions.idsOfCustomer(tenant, customerId)) {
      const session = await this.sessions.find({ tenant, sessionId }, this.clock.now());
      if (session?.legalEntityId === legalEntityId) await this.sessions.remove(session, 'employee');
    }
  }

  private async isAssigned(
    tenant: string,
    customerId: string | undefined,
    legalEntityId: string,
  ): Promise<boolean> {
    if (customerId === undefined) return false;
    const assignments = await this.assignments.ofCustomer(tenant, customerId);
    return assignments.some((one) => one.legalEntityId === legalEntityId);
  }
}
