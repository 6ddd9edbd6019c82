import { Injectable } from '@nestjs/common';
import { MemberGroups } from '../../site-settings/index.js';
import { CustomerRepository } from '../customer.repository.js';

@Injectable()
export class CustomerGroups extends MemberGroups {
  constructor(private readonly customers: CustomerRepository) {
    super();
  }

  async of(tenant: string, customerId: string | undefined): Promise<readonly string[]> {
    if (customerId === undefined) return [];
    return (await this.customers.find(tenant, customerId))?.groups ?? [];
  }
}
