import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { Conflict, InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { expectCustomerSize } from '../customer-size.rules.js';
import { AddressNotFound, CustomerNotFound } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Address, Customer } from '../customer.types.js';
import type { CustomerKey } from '../own-customer.js';
import {
  type AddressChanges,
  addressProblems,
  withAddress,
  withChangedAddress,
  withoutAddress,
  withoutTags,
  withTags,
} from './address.rules.js';

type Addresses = readonly Address[];

/** Manages a customer's addresses. They are part of the customer's record, so each change is one write. */
@Injectable()
export class AddressService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly config: Config,
  ) {}

  /** @throws CustomerNotFound */
  async list({ tenant, id }: CustomerKey): Promise<Addresses> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    return customer.addresses;
  }

  /** @throws AddressNotFound | CustomerNotFound */
  async read(owner: CustomerKey, addressId: string): Promise<Address> {
    return found(await this.list(owner), owner, addressId);
  }

  /**
   * @returns the id of the new address
   * @throws InvalidInput | TooLarge | CustomerNotFound
   * @throws Conflict if the customer has an address with this id
   */
  async add(owner: CustomerKey, given: AddressChanges, addressId = newId()): Promise<string> {
    refuse(addressProblems(given));
    await this.write(owner, (addresses) => {
      if (has(addresses, addressId)) throw new Conflict(`id: there is already an address ${addressId}`);
      return withAddress(addresses, addressId, given);
    });
    return addressId;
  }

  /**
   * Changes an address as `update` does, or adds it under this id.
   * @returns whether it was added
   * @throws InvalidInput | TooLarge | CustomerNotFound
   */
  async put(owner: CustomerKey, addressId: string, given: AddressChanges): Promise<boolean> {
    const decided = { isNew: false };
    const nameless = { field: 'contactName', message: 'is missing: there is no address with this id yet' };
    refuse(addressProblems(given));
    await this.write(owner, (addresses) => {
      decided.isNew = !has(addresses, addressId);
      if (!decided.isNew) return withChangedAddress(addresses, addressId, given);
      refuse(given.contactName ? [] : [nameless]);
      return withAddress(addresses, addressId, given);
    });
    return decided.isNew;
  }

  /** @throws InvalidInput | TooLarge | AddressNotFound | CustomerNotFound */
  async update(owner: CustomerKey, addressId: string, changes: AddressChanges): Promise<Address> {
    refuse(addressProblems(changes));
    const customer = await this.change(owner, addressId, (all) =>
      withChangedAddress(all, addressId, changes),
    );
    return found(customer.addresses, owner, addressId);
  }

  /** @throws AddressNotFound | CustomerNotFound */
  async remove(owner: CustomerKey, addressId: string): Promise<void> {
    await this.change(owner, addressId, (all) => withoutAddress(all, addressId));
  }

  /** @throws InvalidInput | AddressNotFound | CustomerNotFound */
  async addTags(owner: CustomerKey, addressId: string, tags: readonly string[]): Promise<void> {
    await this.change(owner, addressId, (all) => withTags(all, addressId, tags));
  }

  /** Ignores tags that the address does not have. @throws AddressNotFound | CustomerNotFound */
  async removeTags(owner: CustomerKey, addressId: string, tags: readonly string[]): Promise<void> {
    await this.change(owner, addressId, (all) => withoutTags(all, addressId, tags));
  }

  private change(
    owner: CustomerKey,
    addressId: string,
    decide: (addresses: Addresses) => Addresses,
  ): Promise<Customer> {
    return this.write(owner, (addresses) => {
      found(addresses, owner, addressId);
      return decide(addresses);
    });
  }

  private async write(owner: CustomerKey, decide: (addresses: Addresses) => Addresses): Promise<Customer> {
    const changed = await this.customers.change(owner.tenant, owner.id, (current) => {
      const next = { ...current, addresses: decide(current.addresses), version: current.version + 1 };
      return expectCustomerSize(current, next, this.config.MAX_CUSTOMER_BYTES);
    });
    if (!changed) throw new CustomerNotFound(owner.id);
    return changed;
  }
}

const has = (addresses: Addresses, addressId: string): boolean =>
  addresses.some(({ id }) => id === addressId);

function found(addresses: Addresses, owner: CustomerKey, addressId: string): Address {
  const address = addresses.find(({ id }) => id === addressId);
  if (!address) throw new AddressNotFound(addressId, owner.id);
  return address;
}

function refuse(problems: ConstructorParameters<typeof InvalidInput>[0]): void {
  if (problems.length > 0) throw new InvalidInput(problems);
}
