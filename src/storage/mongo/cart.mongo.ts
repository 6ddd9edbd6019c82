import { StoredCarts, type TakenSlot } from '../../cart/cart.repository.js';
import type { Cart, CartOwner, CartSlot } from '../../cart/cart.types.js';
import type { Tell } from '../../events/event.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { CartSlots, NoRoom, samePlace } from './cart-slots.js';
import { cartCodec, type CartRow } from './cart.row.js';
import type { MongoEventRelay } from './events/event-relay.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Holders, takeClaim } from './rows/claim.js';
import { CoalescingWriter, type Decision, type Stored } from './rows/coalescing-writer.js';
import { listByIds, listRows } from './rows/listing.js';
import { Records } from './rows/records.js';
import { idOf, op, Rows } from './rows/rows.js';

const isOpenIn = (cart: Cart, place: CartSlot): boolean => cart.status === 'OPEN' && samePlace(cart, place);

/** The slot that a cart holds or would hold; a closed one holds none. */
const placeOf = (cart: Cart): CartSlot | undefined => (cart.status === 'OPEN' ? cart : undefined);

export class MongoCartRepository extends StoredCarts {
  private readonly carts: Records<Cart, CartRow>;
  private readonly slots: CartSlots;
  private readonly writer: CoalescingWriter<Cart>;

  constructor(link: MongoLink, relay: MongoEventRelay) {
    super();
    this.carts = new Records(new Rows<CartRow>(link, 'carts'), cartCodec, {
      onTold: (id) => relay.wake('carts', id),
    });
    this.slots = new CartSlots(link);
    this.writer = new CoalescingWriter<Cart>({
      read: (id) => this.carts.read(id),
      write: async (id, from, next) => (await this.write(id, from, next)) !== undefined,
    });
  }

  override find(tenant: string, cartId: string): Promise<Cart | undefined> {
    return this.carts.find(idOf(tenant, cartId));
  }

  override async findOpen(slot: CartSlot): Promise<Cart | undefined> {
    let last: string | undefined;
    for (;;) {
      const holder = await this.slots.holder(slot);
      // The same cart again: it is not open in the slot, and no other cart has taken the slot meanwhile.
      if (holder === undefined || holder === last) return undefined;
      const cart = await this.find(slot.tenant, holder);
      if (cart && isOpenIn(cart, slot)) return cart;
      last = holder;
    }
  }

  override async listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]> {
    const ids = await this.slots.cartIdsOf(tenant, owner);
    const found = await Promise.all(ids.map((id) => this.find(tenant, id)));
    const carts = found.filter((cart) => cart !== undefined);
    return carts.filter((cart) => isOpenIn(cart, { ...cart, owner })).slice(0, limit);
  }

  override async search(tenant: string, listing: Listing): Promise<Listed<Cart>> {
    const { rows, ...counted } = await listRows(this.carts.rows, tenant, listing);
    return { ...counted, rows: rows.map((row) => cartCodec.fromRow(row)) };
  }

  override async searchOpen(tenant: string, owner: CartOwner, listing: Listing): Promise<Listed<Cart>> {
    const ids = await this.slots.cartIdsOf(tenant, owner);
    const named = ids.map((id) => idOf(tenant, id));
    const { rows, ...counted } = await listByIds(this.carts.rows, tenant, named, listing);
    return { ...counted, rows: rows.map((row) => cartCodec.fromRow(row)) };
  }

  override async create(cart: Cart, mostOpen?: number, tell?: Tell<Cart>): Promise<boolean | 'too-many'> {
    const place = placeOf(cart);
    try {
      const free = place
        ? await takeClaim(this.slots.claimOn(place, mostOpen), cart.id, this.holdersOf(place))
        : !(await this.findOpen(cart));
      return (
        free && (await this.carts.insert(this.carts.tell(undefined, { ...cart }, tell?.(undefined, cart))))
      );
    } catch (error) {
      if (error instanceof NoRoom) return 'too-many';
      throw error;
    }
  }

  override change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    known?: { readonly asRead: Cart },
    tell?: Tell<Cart>,
  ): Promise<Cart | undefined> {
    const step = (current: Cart | undefined): Decision<Cart, Cart | undefined> => {
      const next = current && this.decided(current, decide, tell);
      return { next, result: next };
    };
    return this.writer.change(idOf(tenant, cartId), step, known && this.carts.asRead(known.asRead));
  }

  override async moveIfFree(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<Cart | 'slot-taken' | undefined> {
    const id = idOf(tenant, cartId);
    for (;;) {
      const stored = await this.carts.read(id);
      if (!stored) return undefined;
      const next = this.decided(stored.value, decide, tell);
      if (next === stored.value) return next;
      if (!(await takeClaim(this.slots.claimOn(next), cartId, this.holdersOf(next)))) return 'slot-taken';
      if (await this.write(id, stored, next)) return next;
    }
  }

  override async takeSlot(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<TakenSlot | undefined> {
    const id = idOf(tenant, cartId);
    for (;;) {
      const stored = await this.carts.read(id);
      if (!stored) return undefined;
      const next = this.decided(stored.value, decide, tell);
      if (next === stored.value) return { cart: next };
      const written = await this.write(id, stored, next);
      if (written) return { cart: next, ...written };
    }
  }

  override async remove(tenant: string, cartId: string, tell?: Tell<Cart>): Promise<boolean> {
    const id = idOf(tenant, cartId);
    for (;;) {
      const stored = await this.carts.read(id);
      if (!stored) return false;
      if (!(await this.carts.erase(id, stored, tell?.(stored.value, undefined)))) continue;
      await this.slots.release(stored.value, cartId);
      return true;
    }
  }

  override async dueForReview(now: Date, limit: number): Promise<readonly Cart[]> {
    const filter = { reviewAt: op({ $lte: now }) };
    const rows = await this.carts.rows.list(filter, { sort: { reviewAt: 1 }, limit });
    return rows.map((row) => cartCodec.fromRow(row));
  }

  private decided(current: Cart, decide: (current: Cart) => Cart, tell: Tell<Cart> | undefined): Cart {
    const next = decide(current);
    return next === current ? current : this.carts.tell(current, next, tell?.(current, next));
  }

  /**
   * A cart claims a free slot before its record says that it is there, but takes over a slot only afterwards. So a slot
   * never loses its cart before it has the next one, and a crash in between loses none.
   * @returns undefined when the cart is not, or no longer, as in `from`: nothing was written
   */
  private async write(
    id: string,
    from: Stored<Cart> | undefined,
    next: Cart,
  ): Promise<Omit<TakenSlot, 'cart'> | undefined> {
    const before = from && placeOf(from.value);
    const after = placeOf(next);
    const enters = after !== undefined && !(before && samePlace(before, after));
    const leaves = before !== undefined && !(after && samePlace(before, after));
    if (enters) await this.enter(after, next.id);
    const written = await this.carts.write(id, from, next);
    if (!written && enters) await this.leave(after, next.id);
    if (!written) return undefined;
    // A cart that is reopened in its place takes only a free slot.
    const takesOver = enters && from !== undefined && !samePlace(from.value, next);
    const displacedId = takesOver ? await this.takeOver(after, next.id) : undefined;
    if (enters && !takesOver) await this.enter(after, next.id);
    if (leaves) await this.leave(before, next.id);
    return displacedId === undefined ? {} : { displacedId };
  }

  private async enter(place: CartSlot, cartId: string): Promise<void> {
    await this.slots.claimOn(place).take(cartId);
  }

  /**
   * Takes the slot from any cart that has it, as long as this cart exists.
   * @returns the id of the cart that had it
   */
  private async takeOver(place: CartSlot, cartId: string): Promise<string | undefined> {
    const claim = this.slots.claimOn(place);
    for (;;) {
      const holder = await claim.holder();
      if (holder === cartId || !(await this.isIn(place, cartId))) return undefined;
      const taken = await (holder === undefined ? claim.take(cartId) : claim.takeOver(holder, cartId));
      if (!taken) continue;
      // Another instance has just closed or moved it.
      const givenBack =
        holder !== undefined && !(await this.isIn(place, cartId)) && (await claim.takeOver(cartId, holder));
      return givenBack ? undefined : holder;
    }
  }

  /** Another instance may have put the same cart there meanwhile. Then the claim is that instance's, and stays. */
  private async leave(place: CartSlot, cartId: string): Promise<void> {
    await this.slots.release(place, cartId);
    if (await this.isIn(place, cartId)) await this.enter(place, cartId);
  }

  private async isIn(place: CartSlot, cartId: string): Promise<boolean> {
    const cart = await this.find(place.tenant, cartId);
    return cart !== undefined && isOpenIn(cart, place);
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
