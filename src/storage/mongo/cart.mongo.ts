import { CartRepository } from '../../cart/cart.repository.js';
import type { Cart, CartOwner, CartSlot } from '../../cart/cart.types.js';
import { cartCodec, type CartRow } from './cart.row.js';
import { CartSlots, samePlace } from './cart-slots.js';
import { type Holders, takeClaim } from './claim.js';
import { CoalescingWriter, type Stored } from './coalescing-writer.js';
import type { MongoLink } from './mongo-link.js';
import { Records } from './records.js';
import { idOf, op, Rows } from './rows.js';

const isOpenIn = (cart: Cart, place: CartSlot): boolean => cart.status === 'OPEN' && samePlace(cart, place);

/** The slot that a cart holds or would hold; a closed one holds none. */
const placeOf = (cart: Cart): CartSlot | undefined => (cart.status === 'OPEN' ? cart : undefined);

export class MongoCartRepository extends CartRepository {
  private readonly carts: Records<Cart, CartRow>;
  private readonly slots: CartSlots;
  private readonly writer: CoalescingWriter<Cart>;

  constructor(link: MongoLink) {
    super();
    this.carts = new Records(new Rows<CartRow>(link, 'carts'), cartCodec);
    this.slots = new CartSlots(link);
    this.writer = new CoalescingWriter<Cart>({
      read: (id) => this.carts.read(id),
      write: (id, from, next) => this.write(id, from, next),
    });
  }

  override find(tenant: string, cartId: string): Promise<Cart | undefined> {
    return this.carts.find(idOf(tenant, cartId));
  }

  override async findOpen(slot: CartSlot): Promise<Cart | undefined> {
    const holder = await this.slots.holder(slot);
    const cart = holder === undefined ? undefined : await this.find(slot.tenant, holder);
    return cart && isOpenIn(cart, slot) ? cart : undefined;
  }

  override async listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]> {
    const ids = await this.slots.cartIdsOf(tenant, owner);
    const found = await Promise.all(ids.map((id) => this.find(tenant, id)));
    const carts = found.filter((cart) => cart !== undefined);
    return carts.filter((cart) => isOpenIn(cart, { ...cart, owner })).slice(0, limit);
  }

  override async create(cart: Cart): Promise<boolean> {
    const place = placeOf(cart);
    if (!place) return !(await this.findOpen(cart)) && this.carts.insert(cart);
    const claimed = await takeClaim(this.slots.claimOn(place), cart.id, this.holdersOf(place));
    return claimed && this.carts.insert(cart);
  }

  override change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
  ): Promise<Cart | undefined> {
    return this.writer.change(idOf(tenant, cartId), (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }

  override async remove(tenant: string, cartId: string): Promise<boolean> {
    const id = idOf(tenant, cartId);
    for (;;) {
      const stored = await this.carts.read(id);
      if (!stored) return false;
      if (!(await this.carts.erase(id, stored))) continue;
      await this.slots.release(stored.value, cartId);
      return true;
    }
  }

  override async dueForReview(now: Date, limit: number): Promise<readonly Cart[]> {
    const filter = { reviewAt: op({ $lte: now }) };
    const rows = await this.carts.rows.list(filter, { sort: { reviewAt: 1 }, limit });
    return rows.map((row) => cartCodec.fromRow(row));
  }

  /**
   * A cart claims a free slot before it says that it is there, and takes one over only after: so at no moment
   * has a slot lost its cart and not got the next one, and after a crash in between none is lost either.
   */
  private async write(id: string, from: Stored<Cart> | undefined, next: Cart): Promise<boolean> {
    const before = from && placeOf(from.value);
    const after = placeOf(next);
    const enters = after !== undefined && !(before && samePlace(before, after));
    const leaves = before !== undefined && !(after && samePlace(before, after));
    const claimed = enters && (await this.slots.claimOn(after).take(next.id));
    if (!(await this.carts.write(id, from, next))) {
      if (claimed) await this.slots.release(after, next.id);
      return false;
    }
    // Opened again where it was, it takes only a free slot.
    if (enters && from && !samePlace(from.value, next)) await this.slots.seize(after, next.id);
    if (leaves) await this.slots.release(before, next.id);
    return true;
  }

  private holdersOf(place: CartSlot): Holders {
    return {
      standingOf: async (id) => {
        const cart = await this.find(place.tenant, id);
        if (!cart) return 'making';
        if (isOpenIn(cart, place)) return 'has';
        return cart.status === 'OPEN' ? 'moving' : 'left';
      },
      prevent: (id) => this.carts.prevent(idOf(place.tenant, id)),
    };
  }
}
