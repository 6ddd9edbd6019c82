import { InvalidInput, VersionConflict } from '../../shared/domain-error.js';
import type {
  DraftTier,
  PriceModel,
  PriceModelDraft,
  Quantity,
  Tier,
  TierType,
} from '../price-model.types.js';

/** Limit per tenant, because all models of a tenant are one record. */
export const MAX_PRICE_MODELS = 500;

/**
 * @param newTierId generates ids for tiers that have none
 * @throws InvalidInput
 */
export function newModel(
  key: Pick<PriceModel, 'tenant' | 'id'>,
  draft: PriceModelDraft,
  newTierId: () => string,
  now: Date,
): PriceModel {
  return { ...key, ...contentOf(draft, newTierId), createdAt: now, modifiedAt: now, version: 1 };
}

/**
 * Replaces a model. Prices refer to tiers by id, so tiers keep their ids: the id that is sent, or else that of the old
 * tier with the same quantity.
 * @throws InvalidInput | VersionConflict
 */
export function replacedModel(
  current: PriceModel,
  draft: PriceModelDraft,
  version: number | undefined,
  newTierId: () => string,
  now: Date,
): PriceModel {
  if (version !== undefined && version !== current.version) {
    throw new VersionConflict(version, current.version);
  }
  const { tenant, id, createdAt } = current;
  const content = contentOf(draft, (quantity) => idAt(current, quantity) ?? newTierId());
  return { tenant, id, ...content, createdAt, modifiedAt: now, version: current.version + 1 };
}

const idAt = ({ tiers }: PriceModel, quantity: number): string | undefined =>
  tiers.find(({ minQuantity }) => minQuantity.quantity === quantity)?.id;

/** Adds or replaces a model. A new default replaces the old one, whose version grows by one. @throws InvalidInput */
export function withModel(models: readonly PriceModel[], model: PriceModel): readonly PriceModel[] {
  const isNew = models.every(({ id }) => id !== model.id);
  if (isNew && models.length >= MAX_PRICE_MODELS) {
    throw InvalidInput.of(
      'id',
      `the tenant has ${MAX_PRICE_MODELS} price models, the maximum: delete one first`,
    );
  }
  const others = models.map((other) => {
    if (other.id === model.id) return model;
    const isDethroned = model.default && other.default;
    return isDethroned ? { ...other, default: false, version: other.version + 1 } : other;
  });
  return isNew ? [...others, model] : others;
}

type Content = Omit<PriceModel, 'tenant' | 'id' | 'createdAt' | 'modifiedAt' | 'version'>;

function contentOf(draft: PriceModelDraft, idOfTier: (quantity: number) => string): Content {
  const { name, description, includesTax, includesMarkup, measurementUnit, tierType } = draft;
  const tiers = tiersOf(draft).map(({ id, minQuantity }) => ({
    id: id ?? idOfTier(minQuantity.quantity),
    minQuantity,
  }));
  const message = tierProblem(tiers, tierType, measurementUnit);
  if (message !== undefined) throw InvalidInput.of('tierDefinition.tiers', message);
  return {
    name,
    ...(description && { description }),
    includesTax,
    includesMarkup: includesMarkup ?? false,
    default: draft.default ?? false,
    measurementUnit,
    tierType,
    tiers,
  };
}

/** Adds the single tier of a BASIC model if it was left out. */
function tiersOf({ tiers = [], tierType, measurementUnit }: PriceModelDraft): readonly DraftTier[] {
  if (tiers.length > 0 || tierType !== 'BASIC') return tiers;
  return [{ minQuantity: { quantity: 0, unitCode: measurementUnit.unitCode } }];
}

function tierProblem(tiers: readonly Tier[], type: TierType, unit: Quantity): string | undefined {
  const quantities = tiers.map(({ minQuantity }) => minQuantity.quantity);
  if (type === 'BASIC' && tiers.length !== 1) return 'must have one tier or none for a BASIC model';
  if (quantities[0] !== 0) return 'must begin with a tier for quantity 0';
  if (quantities.some((quantity, i) => i > 0 && quantity <= (quantities[i - 1] ?? 0))) {
    return 'must be in ascending order of quantity, without duplicates';
  }
  if (tiers.some(({ minQuantity }) => minQuantity.unitCode !== unit.unitCode)) {
    return `must all be in the unit of measurementUnit, ${unit.unitCode}: units are not converted`;
  }
  if (new Set(tiers.map(({ id }) => id)).size < tiers.length) return 'must have different ids';
  return undefined;
}
