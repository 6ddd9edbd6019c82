import { Injectable } from '@nestjs/common';
import { type Cart, type CartCaller, CartItemsService, type Entry, type LineDraft } from '../cart/index.js';
import { PriceService } from '../price/index.js';
import { wantedItems, refusalsOf, type PricedLines, priced } from './ucp-lines.rules.js';
import type { Message, Place, WantedLine } from './ucp.types.js';

/** Prices the lines that an agent wants, and puts them into the cart. */
@Injectable()
export class UcpLinesService {
  constructor(
    private readonly prices: PriceService,
    private readonly items: CartItemsService,
  ) {}

  /** Finds what the lines cost. Changes nothing. */
  async price(tenant: string, place: Place, wanted: readonly WantedLine[]): Promise<PricedLines> {
    if (wanted.length === 0) return { entries: [], messages: [] };
    const context = { tenant, ...place, targetLocation: place.country };
    const matches = await this.prices.matchFor(context, wantedItems(wanted));
    return priced(tenant, wanted, matches);
  }

  /** Replaces all lines of the cart by those that were priced. @returns the cart, and what was refused now */
  async replace(
    caller: CartCaller,
    cartId: string,
    { entries }: PricedLines,
  ): Promise<{ readonly cart: Cart; readonly messages: readonly Message[] }> {
    const drafts = entries.map(({ draft }): Entry<LineDraft> => ({ wanted: draft }));
    const { cart, outcomes } = await this.items.replaceAll(caller, cartId, drafts);
    return { cart, messages: refusalsOf(entries, outcomes, cart) };
  }

  /** Empties the cart. */
  empty(caller: CartCaller, cartId: string): Promise<void> {
    return this.items.removeAll(caller, cartId);
  }
}
