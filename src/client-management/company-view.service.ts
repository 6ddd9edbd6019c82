import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from './client-management.repository.js';
import type { ContactAssignment, LegalEntity } from './client-management.types.js';
import type { ApproverDto, AssignedCustomerDto } from './dto/contact-assignment.dto.js';
import type { ContactAssignmentDto, LegalEntityDto } from './dto/legal-entity.dto.js';
import { toLocationDto } from './dto/location.dto.js';
import { toRecordDto } from './dto/parts.dto.js';

/** Shows legal entities and contact assignments with what they refer to. What no longer exists is left out. */
@Injectable()
export class CompanyView {
  constructor(
    private readonly entities: LegalEntityRepository,
    private readonly assignments: ContactAssignmentRepository,
    private readonly locations: LocationRepository,
    private readonly customers: CustomerRepository,
  ) {}

  async entity(entity: LegalEntity): Promise<LegalEntityDto> {
    const { tenant, parentId, accountLimit, legalInfo, restrictions, customerGroups } = entity;
    const [locations, approvers] = await Promise.all([
      this.locations.findAll(tenant, entity.entitiesAddresses),
      this.assignments.findAll(tenant, entity.approvalGroup),
    ]);
    return {
      ...toRecordDto(entity),
      name: entity.name,
      type: entity.type,
      ...(parentId !== undefined && { parentId }),
      ...(accountLimit && { accountLimit }),
      ...(legalInfo && { legalInfo }),
      ...(restrictions && { restrictions }),
      customerGroups,
      entitiesAddresses: locations.map(toLocationDto),
      approvalGroup: await Promise.all(approvers.map((one) => this.approver(one))),
    };
  }

  async assignment(assignment: ContactAssignment): Promise<ContactAssignmentDto> {
    const { tenant, legalEntityId } = assignment;
    const [entity, shown] = await Promise.all([
      this.entities.find(tenant, legalEntityId),
      this.approver(assignment),
    ]);
    const { legalEntity: reference, ...rest } = shown;
    const legalEntity = entity && (await this.entity(entity));
    return { ...rest, legalEntity: legalEntity ?? reference };
  }

  /** Shows rows one by one as they are needed, so that those that do not fit into a page are never looked up. */
  async *entitiesOf(rows: readonly LegalEntity[]): AsyncGenerator<LegalEntityDto> {
    for (const row of rows) yield await this.entity(row);
  }

  async *assignmentsOf(rows: readonly ContactAssignment[]): AsyncGenerator<ContactAssignmentDto> {
    for (const row of rows) yield await this.assignment(row);
  }

  private async approver(assignment: ContactAssignment): Promise<ApproverDto> {
    const { tenant, legalEntityId, customerId, type, primary } = assignment;
    const customer = await this.customerOf(tenant, customerId);
    return { ...toRecordDto(assignment), legalEntity: { id: legalEntityId }, customer, type, primary };
  }

  private async customerOf(tenant: string, id: string): Promise<AssignedCustomerDto> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) return { id };
    const { firstName, lastName, email, contactPhone } = customer;
    return {
      id,
      ...(firstName !== undefined && { name: firstName }),
      ...(lastName !== undefined && { surname: lastName }),
      email,
      ...(contactPhone !== undefined && { phone: contactPhone }),
    };
  }
}
