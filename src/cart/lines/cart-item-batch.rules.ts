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
  withoutItems,
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

/** A line as it should be. */
export interface LineDraft extends ItemDraft {
  /** The line to keep, if it is of the same product. Absent: any line of that product, else a new one. */
  readonly lineId?: string;
}

/**
 * Replaces all lines. A line whose product is wanted again keeps its id and the data that others put on it; a line that
 * a backend priced stays as it is. Lines that nobody wants are removed.
 * @returns the cart and, for each entry, the id of its line
 */
export const withItemsReplaced = (
  cart: Cart,
  drafts: readonly Entry<LineDraft>[],
  terms: ItemTerms,
): Batch<string> => {
  const left = new Map(cart.items.map((item) => [item.id, item]));
  return oneByOne(withoutItems(cart), drafts, (current, { lineId, ...draft }) => {
    const line = [...left.values()].find(
      ({ id, itemYrn }) => itemYrn === draft.itemYrn && (lineId === undefined || id === lineId),
    );
    if (!line) {
      const added = withItem(current, draft, terms);
      return { cart: added.cart, done: added.itemId };
    }
    const kept = { ...current, items: [...current.items, line] };
    const { quantity, price } = draft;
    const changes = { quantity, price, extra: {} };
    const next =
      line.itemType === 'EXTERNAL' ? kept : withChangedItem(kept, line.id, changes, 'merge', terms);
    left.delete(line.id);
    return { cart: next, done: line.id };
  });
};

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
