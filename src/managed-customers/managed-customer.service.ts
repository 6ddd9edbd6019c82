import { Injectable } from '@nestjs/common';
import { ErasureRepository, ErasureService } from '../customer-admin/index.js';
import {
  type Customer,
  CustomerChanger,
  CustomerMaker,
  CustomerNotFound,
  CustomerRepository,
  type ManagedChanges,
  type NewAccount,
} from '../customer/index.js';
import { Conflict } from '../shared/domain-error.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';

/** What a tenant's backend does with its customers. */
@Injectable()
export class ManagedCustomers {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly maker: CustomerMaker,
    private readonly changer: CustomerChanger,
    private readonly erasures: ErasureRepository,
    private readonly eraser: ErasureService,
  ) {}

  list(tenant: string, listing: Listing): Promise<Listed<Customer>> {
    return this.customers.list(tenant, listing);
  }

  /** @throws CustomerNotFound */
  async read(tenant: string, id: string): Promise<Customer> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    return customer;
  }

  /** @returns the id @throws InvalidInput | TooLarge | PasswordsBusy | DuplicateAccount | Conflict */
  async create(tenant: string, account: NewAccount, profile: ManagedChanges): Promise<string> {
    const { id } = account;
    // What is left of an erased customer would be removed once more, and this one with it.
    if (id !== undefined && (await this.erasures.find(tenant, id))) {
      throw new Conflict(
        `id: customer ${id} is still being erased; try again in a minute, or choose another id`,
      );
    }
    return this.maker.make(tenant, account, profile);
  }

  /** @throws InvalidInput | TooLarge | VersionConflict | CustomerNotFound */
  change(tenant: string, id: string, changes: ManagedChanges): Promise<void> {
    return this.changer.change({ tenant, id }, changes);
  }

  /**
   * Changes a customer as `change` does, or creates one who logs in with the contact e-mail.
   * @returns whether the customer was created
   * @throws InvalidInput | TooLarge | VersionConflict | DuplicateAccount
   * @throws Conflict if the body names a version and there is no such customer, or the id is being erased
   */
  async put(tenant: string, id: string, changes: ManagedChanges, invites: boolean): Promise<boolean> {
    if (await this.customers.find(tenant, id)) {
      await this.change(tenant, id, changes);
      return false;
    }
    const version = changes.metadata?.version ?? undefined;
    if (version !== undefined)
      throw new Conflict(`metadata.version: there is no customer ${id} yet; leave it out`);
    await this.create(tenant, { id, email: changes.contactEmail, invites }, changes);
    return true;
  }

  /** Erases the customer with everything that is held about them. @throws CustomerNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    await this.eraser.erase(tenant, id);
  }
}
