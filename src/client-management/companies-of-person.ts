import { Injectable } from '@nestjs/common';
import { ContactAssignmentRepository, LegalEntityRepository } from './client-management.repository.js';

export interface CompanyOfPerson {
  readonly id: string;
  readonly name: string;
  readonly contactAssignmentId: string;
}

/** The legal entities that customers are assigned to. */
@Injectable()
export class CompaniesOfPerson {
  constructor(
    private readonly entities: LegalEntityRepository,
    private readonly assignments: ContactAssignmentRepository,
  ) {}

  /** Tells whether any customer of the tenant can have one. */
  hasAny(tenant: string): Promise<boolean> {
    return this.entities.hasAny(tenant);
  }

  async of(tenant: string, customerId: string): Promise<readonly CompanyOfPerson[]> {
    const assignments = await this.assignments.ofCustomer(tenant, customerId);
    const entities = await this.entities.findAll(
      tenant,
      assignments.map(({ legalEntityId }) => legalEntityId),
    );
    const names = new Map(entities.map(({ id, name }) => [id, name]));
    return assignments.flatMap(({ id, legalEntityId }) => {
      const name = names.get(legalEntityId);
      return name === undefined ? [] : [{ id: legalEntityId, name, contactAssignmentId: id }];
    });
  }
}
