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

/** The carts of the shopper. */
export class Carts {
  private readonly path: string;

  constructor(
    private readonly transport: Transport,
    private readonly bearer: Bearer,
    tenant: string,
  ) {
    this.path = `/cart/${tenant}/carts`;
  }

  /** The open cart of a site. Makes one if there is none, and with it the context of the session. */
  current(siteCode: string): Promise<Cart> {
    return this.json('GET', [], { query: { siteCode, create: true } });
  }

  /** @throws Conflict if the session has an open cart for this site */
  async create(cart: CreateCartDto): Promise<string> {
    return (await this.json<CreatedCartDto>('POST', [], { body: cart })).cartId;
  }

  read(cartId: string): Promise<Cart> {
    return this.json('GET', [cartId]);
  }

  /** @returns the id of the line */
  async add(cartId: string, item: NewItem): Promise<string> {
    return (await this.json<CreatedItemDto>('POST', [cartId, 'items'], { body: item })).itemId;
  }

  setQuantity(cartId: string, itemId: string, quantity: number): Promise<void> {
    return this.json('PUT', [cartId, 'items', itemId], { query: { partial: true }, body: { quantity } });
  }

  removeItem(cartId: string, itemId: string): Promise<void> {
    return this.json('DELETE', [cartId, 'items', itemId]);
  }

  /** The prices of all lines follow. */
  changeCurrency(cartId: string, currency: string): Promise<void> {
    return this.json('POST', [cartId, 'changeCurrency'], { body: { currency } });
  }

  changeSite(cartId: string, siteCode: string): Promise<void> {
    return this.json('POST', [cartId, 'changeSite'], { body: { siteCode } });
  }

  private async json<T>(method: string, parts: readonly string[], options?: RequestOptions): Promise<T> {
    const path = `${this.path}${pathOf(...parts)}`;
    return jsonOf(await this.transport.sendAs(this.bearer, method, path, options));
  }
}
