import type { Cart } from '../cart/cart.types.js';
import type { LineDraft, Outcome } from '../cart/lines/cart-item-batch.rules.js';
import type { MatchedPrice, WantedItem } from '../price/matching/match.types.js';
import { MAX_AMOUNT } from '../shared/money.js';
import { minorUnits } from './ucp-cart.rules.js';
import { refusedLine } from './ucp-messages.rules.js';
import type { Message, WantedLine } from './ucp.types.js';

export interface PricedLine {
  /** Place in the list that the agent sent. */
  readonly index: number;
  readonly draft: LineDraft;
}

export interface PricedLines {
  readonly entries: readonly PricedLine[];
  /** Lines that can't be sold, and why. */
  readonly messages: readonly Message[];
}

/** So that the sum of a full cart is still an exact integer. */
const MOST_OF_LINE = Math.floor(Number.MAX_SAFE_INTEGER / 4_000);

/** What `each` is called by UN/CEFACT. */
const EACH = 'C62';

/** The question for the prices of these lines. */
export const wantedItems = (wanted: readonly WantedLine[]): readonly WantedItem[] =>
  wanted.map(({ productId: id, quantity }) => ({
    itemId: { itemType: 'PRODUCT', id },
    quantity: { quantity: Math.min(quantity, MAX_AMOUNT) },
  }));

/** @param matches a price or none for each wanted line */
export function priced(
  tenant: string,
  wanted: readonly WantedLine[],
  matches: readonly (MatchedPrice | undefined)[],
): PricedLines {
  const entries: PricedLine[] = [];
  const messages: Message[] = [];
  for (const [index, line] of wanted.entries()) {
    const match = matches[index];
    const problem = problemOf(index, line, match);
    if (problem) messages.push(problem);
    else if (match) entries.push({ index, draft: draftOf(tenant, line, match) });
  }
  return { entries, messages };
}

function problemOf(index: number, line: WantedLine, match: MatchedPrice | undefined): Message | undefined {
  const { unit, quantity } = line;
  if (unit && (unit.unit !== EACH || unit.scale !== 0))
    return refusedLine(
      index,
      'quantity_unit_mismatch',
      'The item is sold by the piece (C62).',
      '.item.quantity_unit',
    );
  if (!match)
    return refusedLine(
      index,
      'item_unavailable',
      'There is no such item, or it has no price in this currency and country.',
      '.item.id',
    );
  const cost = minorUnits(match.totalValue, match.price.currency);
  if (quantity <= MAX_AMOUNT && cost <= MOST_OF_LINE) return undefined;
  return refusedLine(index, 'quantity_out_of_range', 'The quantity is too large.', '.quantity');
}

function draftOf(
  tenant: string,
  { productId, quantity, lineId }: WantedLine,
  match: MatchedPrice,
): LineDraft {
  return {
    itemYrn: `urn:yaas:hybris:product:product:${tenant};${productId}`,
    itemType: 'INTERNAL',
    keepAsSeparateLineItem: false,
    quantity,
    price: {
      priceId: match.price.id,
      originalAmount: match.originalValue,
      effectiveAmount: match.effectiveValue,
      currency: match.price.currency,
    },
    extra: {},
    ...(lineId !== undefined && { lineId }),
  };
}

/** Tells what the cart refused, and which lines stayed as a backend had set them. */
export function refusalsOf(
  entries: readonly PricedLine[],
  outcomes: readonly Outcome<string>[],
  { items }: Pick<Cart, 'items'>,
): readonly Message[] {
  return entries.flatMap(({ index, draft }, place): Message[] => {
    const outcome = outcomes[place];
    if (!outcome) return [];
    if ('refused' in outcome) return [refusedLine(index, 'item_unavailable', outcome.refused.message)];
    const line = items.find(({ id }) => id === outcome.done);
    if (line?.itemType !== 'EXTERNAL' || line.quantity === draft.quantity) return [];
    return [
      refusedLine(
        index,
        'quantity_fixed',
        'The business has set this line itself. It was not changed.',
        '.quantity',
      ),
    ];
  });
}
