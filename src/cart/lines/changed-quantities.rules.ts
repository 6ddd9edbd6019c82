import type { FieldChange } from '../../session/history/history.types.js';
import { sumOf } from '../../shared/money.js';
import type { CartItem } from '../cart.types.js';
import { productOf } from './cart-line-prices.rules.js';

export type CountedItem = Pick<CartItem, 'id' | 'itemYrn' | 'extra' | 'quantity'>;

interface Counted {
  readonly items: readonly CountedItem[];
}

/** Returns how the quantities of products changed, for the history. */
export function changedQuantities(before: Counted | undefined, after: Counted): readonly FieldChange[] {
  const [old, now] = [quantities(before?.items ?? []), quantities(after.items)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): FieldChange[] => {
    const [from, to] = [old.get(id), now.get(id)];
    if (from === to) return [];
    return [{ field: `cart.${id}`, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

function quantities(items: readonly CountedItem[]): ReadonlyMap<string, number> {
  const byProduct = new Map<string, number>();
  for (const item of items) {
    const id = productOf(item) ?? item.id;
    byProduct.set(id, sumOf([byProduct.get(id) ?? 0, item.quantity]));
  }
  return byProduct;
}
