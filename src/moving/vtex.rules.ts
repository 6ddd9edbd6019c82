import { alpha2Of } from '../shared/iso/countries.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import { present } from './present.rules.js';

/**
 * A document of VTEX Master Data's entity CL, with the documents of AD that name it in `addresses`, plus `passwordHash` if
 * there is one.
 */
export function vtexCustomer(given: JsonObject): JsonObject {
  const { userId, id, email, addresses, passwordHash } = given;
  const list = Array.isArray(addresses) ? addresses.filter(isJsonObject) : [];
  return present({
    id: userId ?? id,
    email,
    passwordHash,
    contactEmail: email,
    firstName: given['firstName'],
    lastName: given['lastName'],
    contactPhone: given['homePhone'] ?? given['phone'],
    company: given['corporateName'],
    preferredLanguage: given['localeDefault'],
    createdAt: inUtc(given['createdIn']),
    addresses: list.map((address, index) => addressOf(address, index)),
  });
}

const addressOf = (address: JsonObject, index: number): JsonObject =>
  present({
    id: address['addressId'] ?? address['addressName'] ?? address['id'] ?? String(index),
    contactName: address['receiverName'],
    street: address['street'],
    streetNumber: address['number'],
    streetAppendix: address['complement'],
    extraLine1: address['neighborhood'],
    extraLine2: address['reference'],
    zipCode: address['postalCode'],
    city: address['city'],
    state: address['state'],
    country: countryOf(address['country']),
    tags: ['SHIPPING'],
    isDefault: index === 0,
  });

/** VTEX has codes of three letters. */
const countryOf = (code: Json | undefined): Json | undefined =>
  typeof code === 'string' ? alpha2Of(code) : code;

/** Master Data writes seven digits of a second, and another offset than `Z`. */
function inUtc(time: Json | undefined): string | undefined {
  const date = typeof time === 'string' ? new Date(time) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
