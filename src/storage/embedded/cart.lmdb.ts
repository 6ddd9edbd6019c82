import { StoredCarts, type TakenSlot } from '../../cart/cart.repository.js';
import type { Cart, CartOwner, CartSlot } from '../../cart/cart.types.js';
import type { Tell } from '../../events/event.types.js';
import type { MovedCart } from '../../moving/moved.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { LmdbEventLog } from './events/event-log.lmdb.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import { LAST, type SizedRow, type Table } from './store/table.js';
import { listOf, listTable } from './store/listing.js';

const keyOf = ({ tenant, id }: Cart): string[] => [tenant, id];

const idOf = ({ id }: Cart): string => id;

const ownerOf = (owner: CartOwner): string =>
  owner.kind === 'session' ? `session:${owner.sessionId}` : `customer:${owner.customerId}`;

/** An absent part differs from every given one, including the empty string. */
const partOf = (part: string | undefined): string => (part === undefined ? '' : `=${part}`);

const slotOf = ({ tenant, owner, siteCode, type, legalEntityId }: CartSlot): string[] => [
  tenant,
  ownerOf(owner),
  siteCode,
  partOf(type),
  partOf(legalEntityId),
];

export class LmdbCartRepository extends StoredCarts {
  private readonly carts: Table<Cart>;
  private readonly open: Table<string>;
  private readonly reviews: EndIndex;

  constructor(
    private readonly store: EmbeddedStore,
    private readonly events: LmdbEventLog,
  ) {
    super();
    this.carts = store.table('carts');
    this.open = store.table('carts-open');
    this.reviews = store.endIndex('carts-by-review');
  }

  override async find(tenant: string, cartId: string): Promise<Cart | undefined> {
    return this.carts.get([tenant, cartId]);
  }

  override async findOpen(slot: CartSlot): Promise<Cart | undefined> {
    const id = this.open.get(slotOf(slot));
    return id === undefined ? undefined : this.carts.get([slot.tenant, id]);
  }

  override async listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]> {
    const ids = [...this.open.under([tenant, ownerOf(owner)], limit)].map(({ row }) => row);
    return ids.map((id) => this.carts.get([tenant, id])).filter((cart) => cart !== undefined);
  }

  override search(tenant: string, listing: Listing): Promise<Listed<Cart>> {
    return listTable(this.carts, tenant, listing, idOf);
  }

  override searchOpen(tenant: string, owner: CartOwner, listing: Listing): Promise<Listed<Cart>> {
    return listOf(this.carts, this.openOf(tenant, owner), listing, idOf);
  }

  override create(cart: Cart, mostOpen = Infinity, tell?: Tell<Cart>): Promise<boolean | 'too-many'> {
    return this.store.write(() => {
      if (this.open.get(slotOf(cart)) !== undefined) return false;
      if (cart.status === 'OPEN' && this.isFull(cart, mostOpen)) return 'too-many';
      this.put(cart);
      if (tell) this.events.append(tell(undefined, cart));
      return true;
    });
  }

  override async change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    _known?: { readonly asRead: Cart },
    tell?: Tell<Cart>,
  ): Promise<Cart | undefined> {
    return (await this.takeSlot(tenant, cartId, decide, tell))?.cart;
  }

  override takeSlot(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<TakenSlot | undefined> {
    return this.store.write(() => {
      const current = this.carts.get([tenant, cartId]);
      if (!current) return undefined;
      const next = decide(current);
      if (next === current) return { cart: next };
      const moved = slotOf(next).join('\0') !== slotOf(current).join('\0');
      const stays = !moved && current.status === 'OPEN';
      const holder = this.open.get(slotOf(next));
      const displacedId = moved && next.status === 'OPEN' ? holder : undefined;
      this.leaveSlot(current);
      // A cart whose slot was taken over does not get it back by a change.
      if (!stays || holder === next.id) this.put(next, current, moved);
      else this.keep(next, current);
      if (tell) this.events.append(tell(current, next));
      return { cart: next, ...(displacedId !== undefined && { displacedId }) };
    });
  }

  override moveIfFree(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<Cart | 'slot-taken' | undefined> {
    return this.store.write(() => {
      const current = this.carts.get([tenant, cartId]);
      if (!current) return undefined;
      const next = decide(current);
      if (next === current) return current;
      const holder = this.open.get(slotOf(next));
      if (holder !== undefined && holder !== cartId) return 'slot-taken';
      this.leaveSlot(current);
      this.put(next, current);
      if (tell) this.events.append(tell(current, next));
      return next;
    });
  }

  override remove(tenant: string, cartId: string, tell?: Tell<Cart>): Promise<boolean> {
    return this.store.write(() => {
      const current = this.carts.get([tenant, cartId]);
      if (!current) return false;
      this.leaveSlot(current);
      this.reviews.move(keyOf(current), current.reviewAt, undefined);
      if (tell) this.events.append(tell(current, undefined));
      return this.carts.remove(keyOf(current));
    });
  }

  override async dueForReview(now: Date, limit: number): Promise<readonly Cart[]> {
    const keys = this.reviews.endedBy(now, limit);
    return keys.map((key) => this.carts.get(key)).filter((cart) => cart !== undefined);
  }

  /** A part of the tenant's carts, for `MovingRecords`. */
  some(tenant: string, limit: number, after?: string): readonly MovedCart[] {
    const start = after === undefined ? [tenant] : [tenant, after];
    return Array.from(this.carts.between(start, [tenant, LAST], limit), ({ row: cart }) => ({
      cart,
      holdsSlot: this.open.get(slotOf(cart)) === cart.id,
    }));
  }

  /** See `MovingRecords`. */
  add({ cart, holdsSlot }: MovedCart): Promise<boolean> {
    return this.store.write(() => {
      if (this.carts.get(keyOf(cart))) return false;
      this.carts.put(keyOf(cart), cart);
      if (holdsSlot && this.open.get(slotOf(cart)) === undefined) this.open.put(slotOf(cart), cart.id);
      this.reviews.move(keyOf(cart), undefined, cart.reviewAt);
      return true;
    });
  }

  private *openOf(tenant: string, owner: CartOwner): Generator<SizedRow<Cart>> {
    const ids = [...this.open.under([tenant, ownerOf(owner)])].map(({ row }) => row);
    for (const id of ids) {
      const row = this.carts.sizedRow([tenant, id]);
      if (row) yield row;
    }
  }

  private isFull({ tenant, owner }: Cart, mostOpen: number): boolean {
    if (mostOpen === Infinity) return false;
    return [...this.open.under([tenant, ownerOf(owner)], mostOpen)].length >= mostOpen;
  }

  /** Only if the slot is this cart's: another one may have taken it over. */
  private leaveSlot(cart: Cart): void {
    if (this.open.get(slotOf(cart)) === cart.id) this.open.remove(slotOf(cart));
  }

  /** @param takesSlot from whichever cart is there; otherwise only a free slot is taken */
  private put(cart: Cart, before?: Cart, takesSlot = false): void {
    this.keep(cart, before);
    const free = takesSlot || this.open.get(slotOf(cart)) === undefined;
    if (cart.status === 'OPEN' && free) this.open.put(slotOf(cart), cart.id);
  }

  /** Stores the cart, whichever cart has its slot. */
  private keep(cart: Cart, before?: Cart): void {
    this.carts.putKept(keyOf(cart), cart);
    this.reviews.move(keyOf(cart), before?.reviewAt, cart.reviewAt);
  }
}
