import type { Address, Customer } from '../customer.types.js';
import type { AddressDto } from './address.dto.js';
import { defaultAddressOf } from './address.rules.js';
import type { CompanyOfCustomer } from './companies-of-customer.js';
import type { ProfileDto } from './profile.dto.js';

const NOBODY = '00000000';

/** Returns an address as clients see it. */
export function addressView({ mixinSchemas = {}, ...address }: Address): AddressDto {
  return { ...address, metadata: { mixins: mixinSchemas } };
}

/**
 * Returns a customer as clients see it. It names each field, so that a secret added to the record never leaks.
 * @param legalEntities that the customer may act for
 */
export function profileView(
  customer: Customer,
  withAddresses: boolean,
  legalEntities: readonly CompanyOfCustomer[] = [],
): ProfileDto {
  const { companyRegistrationId, addresses, lastLogin } = customer;
  const isOfCompany = companyRegistrationId !== undefined || legalEntities.length > 0;
  const preferred = defaultAddressOf(addresses);
  return {
    id: customer.id,
    customerNumber: customer.id,
    ...textsOf(customer),
    accounts: [{ id: customer.email }],
    businessModel: isOfCompany ? 'B2B' : 'B2C',
    ...(isOfCompany && {
      b2b: { ...(companyRegistrationId !== undefined && { companyRegistrationId }), legalEntities },
    }),
    metadata: { version: customer.version, mixins: customer.mixinSchemas ?? {} },
    mixins: customer.mixins,
    ...(lastLogin && { lastLogin: lastLogin.toISOString() }),
    ...(withAddresses && { addresses: addresses.map(addressView) }),
    ...(withAddresses && preferred && { defaultAddress: addressView(preferred) }),
  };
}

/** Returns the profile of a shopper who has not logged in (W-19). @param preferredSite the code of the default site */
export function anonymousView(preferredSite: string | undefined): ProfileDto {
  return {
    id: NOBODY,
    customerNumber: NOBODY,
    firstName: 'Anonymous',
    lastName: 'Anonymous',
    ...(preferredSite !== undefined && { preferredSite }),
    accounts: [],
  };
}

/** JSON omits those that are undefined. */
const textsOf = (customer: Customer) => ({
  title: customer.title,
  firstName: customer.firstName,
  middleName: customer.middleName,
  lastName: customer.lastName,
  contactEmail: customer.contactEmail,
  contactPhone: customer.contactPhone,
  company: customer.company,
  preferredLanguage: customer.preferredLanguage,
  preferredCurrency: customer.preferredCurrency,
  preferredSite: customer.preferredSite,
});
