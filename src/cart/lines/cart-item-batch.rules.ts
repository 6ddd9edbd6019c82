import { DomainError } from '../../shared/domain-error.js';
import type { Cart } from '../cart.types.js';
import {
  type ItemChanges,
  type ItemDraft,
  type ItemTerms,
  priceIdsOfChange,
  priceIdsOfDraft,
  withChangedItem,
  withItem,
} from './cart-items.rules.js';

interface Refused {
  readonly refused: DomainError;
}

/** An entry as it was read, or the reason why it could not be read. */
export type Entry<T> = { readonly wanted: T } | Refused;

export type Outcome<T> = { readonly done: T } | Refused;

export interface Batch<T> {
  /** The cart with all accepted entries; the given cart when every entry was refused. */
  readonly cart: Cart;
  /** One outcome per entry, in the same order. */
  readonly outcomes: readonly Outcome<T>[];
}

/** @returns the cart and, for each entry, the id of its line */
export const withItems = (cart: Cart, drafts: readonly Entry<ItemDraft>[], terms: ItemTerms): Batch<string> =>
  oneByOne(cart, drafts, (current, draft) => {
    const added = withItem(current, draft, terms);
    return { cart: added.cart, done: added.itemId };
  });

export interface IdentifiedChanges {
  readonly id: string;
  readonly changes: ItemChanges;
}

export const withChangedItems = (
  cart: Cart,
  entries: readonly Entry<IdentifiedChanges>[],
  terms: ItemTerms,
): Batch<string> =>
  oneByOne(cart, entries, (current, { id, changes }) => ({
    cart: withChangedItem(current, id, changes, 'replace', terms),
    done: id,
  }));

/** Ids of the prices that the entries may need, those of the lines as other entries leave them included. */
export const priceIdsOfDrafts = (drafts: readonly Entry<ItemDraft>[]): readonly string[] =>
  drafts.flatMap((entry) => ('wanted' in entry ? priceIdsOfDraft(entry.wanted) : []));

export const priceIdsOfChanges = (
  cart: Cart,
  entries: readonly Entry<IdentifiedChanges>[],
): readonly string[] =>
  entries.flatMap((entry) =>
    'wanted' in entry ? priceIdsOfChange(cart, entry.wanted.id, entry.wanted.changes) : [],
  );

/** Applies entries one by one. A refused entry leaves the cart as the entries before it made it. */
function oneByOne<T, R>(
  cart: Cart,
  entries: readonly Entry<T>[],
  step: (current: Cart, entry: T) => { readonly cart: Cart; readonly done: R },
): Batch<R> {
  let current = cart;
  const outcomes = entries.map((entry): Outcome<R> => {
    if ('refused' in entry) return entry;
    try {
      const next = step(current, entry.wanted);
      current = next.cart;
      return { done: next.done };
    } catch (error) {
      if (error instanceof DomainError) return { refused: error };
      throw error;
    }
  });
  return { cart: current, outcomes };
}
