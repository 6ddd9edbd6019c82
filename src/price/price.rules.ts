import { InvalidInput, type Problem, TooLarge, VersionConflict } from '../shared/domain-error.js';
import { depthOf, type JsonObject } from '../shared/json.js';
import type { PriceModel } from './price-model.types.js';
import {
  ALWAYS,
  ANY,
  type Price,
  type PriceDraft,
  type PricePrincipal,
  type TierValue,
} from './price.types.js';

export const PRICE_LIMITS = {
  depth: 32,
  /** Size of a price's mixins and their schemas as JSON, in bytes of UTF-8. */
  bytes: 256 * 1024,
} as const;

/** What a price may refer to. */
export interface References {
  readonly models: readonly PriceModel[];
  readonly siteCodes: readonly string[];
}

/** A change of a price. */
export interface PriceChange {
  readonly changes: Partial<PriceDraft>;
  /** Whether fields that are not named are kept; otherwise they are removed. */
  readonly partial: boolean;
  /** The version that the caller read. The change is refused if it is not the current one. */
  readonly version?: number;
}

export const keyOfPrincipal = ({ type, id }: PricePrincipal): string => `${type}:${id}`;

export function principalOfKey(key: string): PricePrincipal {
  const type = key.startsWith('GROUP:') ? 'GROUP' : 'CUSTOMER';
  return { type, id: key.slice(type.length + 1) };
}

/** Returns the principal keys whose prices apply to this customer. */
export const audienceOf = (customerId: string, groups: readonly string[]): readonly string[] => [
  keyOfPrincipal({ type: 'CUSTOMER', id: customerId }),
  ...groups.map((id) => keyOfPrincipal({ type: 'GROUP', id })),
];

/** @throws InvalidInput | TooLarge */
export function newPrice(
  key: Pick<Price, 'tenant' | 'id'>,
  draft: PriceDraft,
  references: References,
  now: Date,
): Price {
  return {
    ...key,
    ...contentOf(draft, references),
    createdAt: now,
    modifiedAt: now,
    version: 1,
  };
}

/** @throws InvalidInput | TooLarge | VersionConflict */
export function changedPrice(
  current: Price,
  { changes, partial, version }: PriceChange,
  references: References,
  now: Date,
): Price {
  if (version !== undefined && version !== current.version) {
    throw new VersionConflict(version, current.version);
  }
  const { tenant, id, createdAt } = current;
  return {
    tenant,
    id,
    ...(partial ? patchedContent(current, changes, references) : contentOf(complete(changes), references)),
    createdAt,
    modifiedAt: now,
    version: current.version + 1,
  };
}

/** Checks that a whole price has all required fields. @throws InvalidInput */
export function complete(changes: Partial<PriceDraft>): PriceDraft {
  const { itemId, currency, tierValues } = changes;
  if (itemId && currency !== undefined && tierValues) return { ...changes, itemId, currency, tierValues };
  const missing = Object.entries({ itemId, currency, tierValues }).filter(([, value]) => value === undefined);
  throw new InvalidInput(missing.map(([field]) => ({ field, message: 'is required for a whole price' })));
}

type Content = Omit<Price, 'tenant' | 'id' | 'createdAt' | 'modifiedAt' | 'version'>;

function contentOf(draft: PriceDraft, { models, siteCodes }: References): Content {
  expectSites(draft.siteCodes ?? [], siteCodes);
  const { itemId, currency, itemYrn, salePrice, mixins = {}, mixinSchemas = {} } = draft;
  expectJson({ mixins, 'metadata.mixins': mixinSchemas });
  const model = modelOf(draft.priceModelId, models);
  const { from = ALWAYS.from, to = ALWAYS.to } = draft.validity ?? {};
  if (from >= to) throw InvalidInput.of('restrictions.validity', 'must begin before it ends');
  return {
    itemId,
    currency,
    country: draft.country ?? ANY,
    sites: listOrAny(draft.siteCodes),
    audience: listOrAny(draft.principals?.map(keyOfPrincipal)),
    validFrom: from,
    validTo: to,
    ...(itemYrn !== undefined && { itemYrn }),
    ...(salePrice && { salePrice }),
    ...(model && { priceModelId: model.id }),
    tierValues: valuesOfTiers(draft.tierValues, model),
    mixins,
    mixinSchemas,
  };
}

/** Keeps site codes of the current price valid, because a site may have been deleted since it was stored. */
function patchedContent(
  current: Price,
  changes: Partial<PriceDraft>,
  { models, siteCodes }: References,
): Content {
  const before = draftOf(current);
  const known = [...siteCodes, ...(before.siteCodes ?? [])];
  return contentOf({ ...before, ...changes }, { models, siteCodes: known });
}

/** Returns a draft that would create this price. */
function draftOf(price: Price): PriceDraft {
  const { itemId, currency, itemYrn, salePrice, priceModelId, tierValues, mixins, mixinSchemas } = price;
  const siteCodes = limitOf(price.sites);
  const principals = limitOf(price.audience)?.map(principalOfKey);
  return {
    itemId,
    currency,
    validity: { from: price.validFrom, to: price.validTo },
    ...(price.country !== ANY && { country: price.country }),
    ...(siteCodes && { siteCodes }),
    ...(principals && { principals }),
    ...(itemYrn !== undefined && { itemYrn }),
    ...(salePrice && { salePrice }),
    ...(priceModelId !== undefined && { priceModelId }),
    tierValues,
    mixins,
    mixinSchemas,
  };
}

/** @returns undefined when there is no restriction */
export const limitOf = (values: readonly string[]): readonly string[] | undefined =>
  values.includes(ANY) ? undefined : values;

export const listOrAny = (values: readonly string[] | undefined): readonly string[] =>
  values && values.length > 0 ? [...new Set(values)] : [ANY];

/** A price without a model id gets the default model; if there is none, it is a simple price (C-07). @throws InvalidInput */
export function modelOf(id: string | undefined, models: readonly PriceModel[]): PriceModel | undefined {
  const model = models.find((one) => (id === undefined ? one.default : one.id === id));
  if (!model && id !== undefined) throw InvalidInput.of('priceModelId', `no price model has the id ${id}`);
  return model;
}

/** Matches values to tiers by id; if no value has an id, by position. @throws InvalidInput */
export function valuesOfTiers(
  values: readonly TierValue[],
  model: PriceModel | undefined,
): readonly TierValue[] {
  const tiers = model?.tiers;
  if (values.length !== (tiers?.length ?? 1)) {
    const wanted = tiers ? `one for each of the ${tiers.length} tiers of the price model` : 'one value';
    throw InvalidInput.of('tierValues', `must have ${wanted}`);
  }
  if (!tiers) return values.map(({ priceValue }) => ({ priceValue }));
  if (values.every(({ id }) => id === undefined)) {
    return values.map(({ priceValue }, i) => ({ id: tiers[i]?.id ?? '', priceValue }));
  }
  return tiers.map(({ id }) => {
    const value = values.find((one) => one.id === id);
    if (value) return value;
    throw InvalidInput.of(
      'tierValues',
      `must have a value with the id ${id}, because the price model has this tier`,
    );
  });
}

function expectSites(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((code) => !known.includes(code));
  if (unknown.length === 0) return;
  const message = `no site of this tenant has the code ${unknown.join(', ')}`;
  throw InvalidInput.of('restrictions.siteCodes', message);
}

/** Checks the size first, because a part that is too large should not be inspected further. */
function expectJson(parts: Readonly<Record<string, JsonObject>>): void {
  const bytes = Buffer.byteLength(JSON.stringify(parts));
  if (bytes > PRICE_LIMITS.bytes) {
    throw new TooLarge(
      `mixins: the price would have ${bytes} bytes of mixins: the maximum is ${PRICE_LIMITS.bytes}`,
    );
  }
  const problems: readonly Problem[] = Object.entries(parts)
    .filter(([, part]) => depthOf(part, PRICE_LIMITS.depth) > PRICE_LIMITS.depth)
    .map(([field]) => ({ field, message: `must not be nested deeper than ${PRICE_LIMITS.depth} levels` }));
  if (problems.length > 0) throw new InvalidInput(problems);
}
