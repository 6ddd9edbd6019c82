import { InvalidInput, type Problem } from '../../shared/domain-error.js';
import { isCountry } from '../../shared/iso/codes.js';
import type { JsonObject } from '../../shared/json.js';
import type { Address } from '../customer.types.js';
import { applyTexts, checkedMixins, mergedMixins, type TextChanges } from '../patch.rules.js';

export const MOST_ADDRESSES = 100;
export const MOST_TAGS = 20;

/** The text fields that a client may set. */
export const ADDRESS_TEXTS = [
  'contactName',
  'companyName',
  'street',
  'streetNumber',
  'streetAppendix',
  'extraLine1',
  'extraLine2',
  'extraLine3',
  'extraLine4',
  'zipCode',
  'city',
  'country',
  'state',
  'contactPhone',
] as const satisfies readonly (keyof Address)[];

/** What a client may change in an address. An absent field stays, and null empties one. */
export interface AddressChanges extends TextChanges<(typeof ADDRESS_TEXTS)[number]> {
  readonly tags?: readonly string[] | null;
  readonly isDefault?: boolean | null;
  readonly mixins?: JsonObject | null;
  readonly metadata?: { readonly mixins?: JsonObject | null } | null;
}

/** @param prefix of the field names in the caller's body */
export function addressProblems({ country }: AddressChanges, prefix = ''): Problem[] {
  if (country === undefined || country === null || isCountry(country)) return [];
  return [{ field: `${prefix}country`, message: 'must be an ISO 3166-1 alpha-2 code such as DE' }];
}

/** @throws InvalidInput | TooLarge */
export function withAddress(
  addresses: readonly Address[],
  id: string,
  given: AddressChanges,
): readonly Address[] {
  if (addresses.length >= MOST_ADDRESSES) {
    throw InvalidInput.of(
      'addresses',
      `there are already ${MOST_ADDRESSES}, which is the limit: delete one first`,
    );
  }
  const mixins = checkedMixins(given.mixins ?? {});
  const blank = { id, tags: [], isDefault: false, mixins };
  const { mixins: _taken, ...rest } = given;
  return settled([...addresses, changedAddress(blank, rest)], id, given.isDefault);
}

/** Leaves the other addresses alone, except for which of them is the default. @throws InvalidInput | TooLarge */
export function withChangedAddress(
  addresses: readonly Address[],
  id: string,
  changes: AddressChanges,
): readonly Address[] {
  const next = addresses.map((address) => (address.id === id ? changedAddress(address, changes) : address));
  return settled(next, id, changes.isDefault);
}

export function withoutAddress(addresses: readonly Address[], id: string): readonly Address[] {
  return settled(addresses.filter((address) => address.id !== id));
}

export function withTags(
  addresses: readonly Address[],
  id: string,
  tags: readonly string[],
): readonly Address[] {
  const current = addresses.find((address) => address.id === id)?.tags ?? [];
  return withChangedAddress(addresses, id, { tags: [...current, ...tags] });
}

export function withoutTags(
  addresses: readonly Address[],
  id: string,
  tags: readonly string[],
): readonly Address[] {
  const current = addresses.find((address) => address.id === id)?.tags ?? [];
  return withChangedAddress(addresses, id, { tags: current.filter((tag) => !tags.includes(tag)) });
}

/**
 * Each tag may have its own default, but `defaultAddress` of the profile is one address: shipping comes first, as in
 * the context.
 */
export function defaultAddressOf(addresses: readonly Address[]): Address | undefined {
  const defaults = addresses.filter(({ isDefault }) => isDefault);
  const tagged = (tag: string) => defaults.find(({ tags }) => tags.includes(tag));
  return tagged('SHIPPING') ?? tagged('BILLING') ?? defaults[0];
}

function changedAddress(current: Address, changes: AddressChanges): Address {
  const { tags = current.tags, mixins, metadata } = changes;
  const next = { ...current, tags: [...new Set(tags)], mixins: mergedMixins(current.mixins, mixins) };
  if (next.tags.length > MOST_TAGS) throw InvalidInput.of('tags', `must be at most ${MOST_TAGS}`);
  applyTexts(next, changes, ADDRESS_TEXTS);
  if (metadata?.mixins === undefined) return next;
  return {
    ...next,
    mixinSchemas: mergedMixins(current.mixinSchemas ?? {}, metadata.mixins, 'metadata.mixins'),
  };
}

/**
 * At most one of the addresses that share a tag is the default. Only an explicit request takes that role from another
 * address. An address becomes the default by itself if no address that shares a tag with it is one: the first one with
 * a tag, for example, or the next one after the default is removed.
 * @param wish what the caller asked for address `id`: to be the default, not to be it, or neither
 */
function settled(addresses: readonly Address[], id?: string, wish?: boolean | null): readonly Address[] {
  const written = addresses.find((address) => address.id === id);
  const isDefault = new Set(addresses.filter((address) => address.isDefault).map((address) => address.id));
  const rivalsOf = (one: Address) =>
    addresses.filter((other) => other.id !== one.id && isDefault.has(other.id) && shareTag(one, other));
  if (written && wish === true) {
    rivalsOf(written).forEach((rival) => isDefault.delete(rival.id));
    isDefault.add(written.id);
  } else if (written && (wish === false || rivalsOf(written).length > 0)) isDefault.delete(written.id);
  const others = addresses.filter((address) => address !== written);
  const heirs = wish === false && written ? [...others, written] : addresses;
  for (const heir of heirs) if (rivalsOf(heir).length === 0) isDefault.add(heir.id);
  return addresses.map((address) => ({ ...address, isDefault: isDefault.has(address.id) }));
}

/** Addresses without any tag form their own group. */
function shareTag(one: Address, other: Address): boolean {
  if (one.tags.length === 0) return other.tags.length === 0;
  return one.tags.some((tag) => other.tags.includes(tag));
}
