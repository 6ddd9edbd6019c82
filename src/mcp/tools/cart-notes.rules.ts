import { changedQuantities, type CountedItem } from '../../cart/lines/changed-quantities.rules.js';
import type { FieldChange } from '../../session/session.types.js';
import { isJsonObject, type Json } from '../../shared/json.js';

/** Returns how the quantities of products changed between two answers of the cart's route, for the history. */
export const linesChanged = (before: Json, after: Json): readonly FieldChange[] =>
  changedQuantities({ items: itemsOf(before) }, { items: itemsOf(after) });

function itemsOf(cart: Json): readonly CountedItem[] {
  const items = isJsonObject(cart) ? cart['items'] : undefined;
  if (!Array.isArray(items)) return [];
  return items.filter(isJsonObject).map((item) => {
    const { id, itemYrn, quantity } = item;
    return {
      id: String(id),
      ...(typeof itemYrn === 'string' && { itemYrn }),
      extra: item,
      quantity: Number(quantity),
    };
  });
}
