import { ADDRESS_TEXTS } from '../customer/profile/address.rules.js';
import { PROFILE_TEXTS } from '../customer/profile/profile.rules.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import { present } from './present.rules.js';

const PROFILE = [...PROFILE_TEXTS, 'companyRegistrationId', 'type', 'photoUrl', 'restriction', 'mixins'];

const ADDRESS = ['id', ...ADDRESS_TEXTS, 'tags', 'isDefault', 'mixins'];

/** A customer as `GET /customer/{tenant}/customers` of Emporix answers it, plus `passwordHash` if there is one. */
export function emporixCustomer(given: JsonObject): JsonObject {
  const { addresses, metadata, id, customerNumber, email, contactEmail, passwordHash } = given;
  return {
    ...present({ id: id ?? customerNumber, email: email ?? contactEmail, passwordHash }),
    ...pick(given, PROFILE),
    ...(given['active'] === false && { inactive: true }),
    ...(given['onHold'] === true && { onHold: true }),
    ...(Array.isArray(addresses) && { addresses: addresses.filter(isJsonObject).map(addressOf) }),
    ...metadataOf(metadata),
  };
}

const addressOf = (address: JsonObject): JsonObject => ({
  ...pick(address, ADDRESS),
  ...mixinSchemasIn(address['metadata']),
});

const metadataOf = (metadata: Json | undefined): JsonObject =>
  isJsonObject(metadata)
    ? { ...present({ createdAt: metadata['createdAt'] }), ...mixinSchemasIn(metadata) }
    : {};

const mixinSchemasIn = (metadata: Json | undefined): JsonObject =>
  isJsonObject(metadata) ? present({ mixinSchemas: metadata['mixins'] }) : {};

const pick = (given: JsonObject, names: readonly string[]): JsonObject =>
  present(Object.fromEntries(names.map((name) => [name, given[name]])));
