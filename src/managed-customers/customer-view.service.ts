import { Injectable } from '@nestjs/common';
import { CompaniesOfPerson } from '../client-management/index.js';
import { type CompanyOfCustomer, type Customer, profileView } from '../customer/index.js';
import type { JsonObject } from '../shared/json.js';
import type { ManagedCustomerDto } from './dto/managed-customer.dto.js';
import type { Expand } from './expand.rules.js';

/** Shows customers as the backends of their tenant see them. */
@Injectable()
export class CustomerView {
  constructor(private readonly companies: CompaniesOfPerson) {}

  async one(customer: Customer, expand: Expand): Promise<ManagedCustomerDto> {
    return viewOf(customer, await this.companies.of(customer.tenant, customer.id), expand);
  }

  /** Shows rows one by one as they are needed, so that those that do not fit into a page are never looked up. */
  async *each(tenant: string, rows: readonly Customer[], expand: Expand): AsyncGenerator<ManagedCustomerDto> {
    const hasCompanies = rows.length > 0 && (await this.companies.hasAny(tenant));
    for (const row of rows) yield hasCompanies ? await this.one(row, expand) : viewOf(row, [], expand);
  }
}

function viewOf(
  customer: Customer,
  legalEntities: readonly CompanyOfCustomer[],
  expand: Expand,
): ManagedCustomerDto {
  const { type, photoUrl, restriction } = customer;
  const { accounts, mixins = {}, ...profile } = profileView(customer, expand.addresses, legalEntities);
  const shown = mixinsIn(mixins, expand.mixins);
  return {
    ...profile,
    email: customer.email,
    active: customer.inactive !== true,
    onHold: customer.onHold === true,
    ...(type !== undefined && { type }),
    ...(photoUrl !== undefined && { photoUrl }),
    ...(restriction !== undefined && { restriction }),
    metadataCreatedAt: customer.createdAt.toISOString(),
    ...(expand.accounts && { accounts }),
    ...(shown && { mixins: shown }),
  };
}

function mixinsIn(mixins: JsonObject, names: readonly string[] | undefined): JsonObject | undefined {
  if (!names) return mixins;
  if (names.length === 0) return undefined;
  return Object.fromEntries(Object.entries(mixins).filter(([name]) => names.includes(name)));
}
