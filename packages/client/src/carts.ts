import type {
  AddItemDto,
  CartDto,
  CreateCartDto,
  CreatedCartDto,
  CreatedItemDto,
} from './generated/index.js';
import { type Bearer, jsonOf, pathOf, type RequestOptions, type Transport } from './transport.js';

export type Cart = CartDto;
export type NewItem = AddItemDto;

/**
 * The carts of the shopper. Every method throws a subclass of `OneSessionError`: `NotFound` for a cart that is closed,
 * another shopper's or unknown, and `InvalidRequest` for a value that the service refuses.
 */
export class Carts {
  private readonly path: string;

  constructor(
    private readonly transport: Transport,
    private readonly bearer: Bearer,
    tenant: string,
  ) {
    this.path = `/cart/${tenant}/carts`;
  }

  /**
   * Returns the open cart of a site, and creates one if there is none. The first cart of a session also creates its
   * context.
   */
  current(siteCode: string): Promise<Cart> {
    return this.json('GET', [], { query: { siteCode, create: true } });
  }

  /**
   * Creates a cart, and with the first one the context of the session.
   * @returns the id of the cart
   * @throws Conflict if the session has an open cart for this site
   */
  async create(cart: CreateCartDto): Promise<string> {
    return (await this.json<CreatedCartDto>('POST', [], { body: cart })).cartId;
  }

  /** Returns the cart with its lines and what they cost now. */
  read(cartId: string): Promise<Cart> {
    return this.json('GET', [cartId]);
  }

  /** Adds an item. It joins the line of the same product at the same price. @returns the id of the line */
  async add(cartId: string, item: NewItem): Promise<string> {
    return (await this.json<CreatedItemDto>('POST', [cartId, 'items'], { body: item })).itemId;
  }

  /** @param quantity in the unit of the line's price, such as pieces */
  setQuantity(cartId: string, itemId: string, quantity: number): Promise<void> {
    return this.json('PUT', [cartId, 'items', itemId], { query: { partial: true }, body: { quantity } });
  }

  removeItem(cartId: string, itemId: string): Promise<void> {
    return this.json('DELETE', [cartId, 'items', itemId]);
  }

  /**
   * Moves the cart to another currency, which its site must sell in. Every line gets its price in that currency.
   * @param currency ISO 4217
   */
  changeCurrency(cartId: string, currency: string): Promise<void> {
    return this.json('POST', [cartId, 'changeCurrency'], { body: { currency } });
  }

  /**
   * Moves the cart to another site, and to that site's currency. Every line gets its price there.
   * @throws Conflict if the shopper has an open cart there already
   */
  changeSite(cartId: string, siteCode: string): Promise<void> {
    return this.json('POST', [cartId, 'changeSite'], { body: { siteCode } });
  }

  private async json<T>(method: string, parts: readonly string[], options?: RequestOptions): Promise<T> {
    const path = `${this.path}${pathOf(...parts)}`;
    return jsonOf(await this.transport.sendAs(this.bearer, method, path, options));
  }
}
