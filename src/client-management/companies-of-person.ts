import { Injectable } from '@nestjs/common';
import { CompaniesOfCustomer, type CompanyOfCustomer } from '../customer/index.js';
import { ContactAssignmentRepository, LegalEntityRepository } from './client-management.repository.js';

/** The legal entities that customers are assigned to. */
@Injectable()
export class CompaniesOfPerson extends CompaniesOfCustomer {
  constructor(
    private readonly entities: LegalEntityRepository,
    private readonly assignments: ContactAssignmentRepository,
  ) {
    super();
  }

  /** Tells whether any customer of the tenant can have one. */
  hasAny(tenant: string): Promise<boolean> {
    return this.entities.hasAny(tenant);
  }

  override async of(tenant: string, customerId: string): Promise<readonly CompanyOfCustomer[]> {
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
