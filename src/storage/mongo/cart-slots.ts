import type { CartOwner, CartSlot } from '../../cart/cart.types.js';
import type { MongoLink } from './link/mongo-link.js';
import type { Claim } from './rows/claim.js';
import { idOf, op, type Row, Rows } from './rows/rows.js';

interface SlotRow {
  readonly slot: string;
  readonly cartId: string;
}

/** The owner already has the maximum number of slots. Nothing was written. */
export class NoRoom extends Error {}

/** The open carts of one owner, by slot: one document, so that they are listed without asking every shard. */
interface OwnerRow extends Row {
  readonly slots: readonly SlotRow[];
}

/** Of one owner. An absent part differs from every given one. */
const slotOf = ({ siteCode, type, legalEntityId }: CartSlot): string =>
  JSON.stringify([siteCode, type ?? null, legalEntityId ?? null]);

const ownerIdOf = (tenant: string, owner: CartOwner): string =>
  owner.kind === 'session'
    ? idOf(tenant, `session/${owner.sessionId}`)
    : idOf(tenant, `customer/${owner.customerId}`);

export const samePlace = (a: CartSlot, b: CartSlot): boolean =>
  slotOf(a) === slotOf(b) && ownerIdOf(a.tenant, a.owner) === ownerIdOf(b.tenant, b.owner);

/** Stores which cart claims a slot. The cart itself says whether it is open and in that slot. */
export class CartSlots {
  private readonly owners: Rows<OwnerRow>;

  constructor(link: MongoLink) {
    this.owners = new Rows<OwnerRow>(link, 'cart_owners');
  }

  /** @param most slots of one owner; taking one more throws NoRoom. Absent: any number. */
  claimOn(place: CartSlot, most?: number): Claim {
    return {
      holder: () => this.holder(place),
      take: (by) => this.take(place, by, most),
      takeOver: (from, by) => this.exchange(place, from, by),
    };
  }

  async holder(place: CartSlot): Promise<string | undefined> {
    const slot = slotOf(place);
    const slots = await this.slotsOf(ownerIdOf(place.tenant, place.owner));
    return slots.find((one) => one.slot === slot)?.cartId;
  }

  async cartIdsOf(tenant: string, owner: CartOwner): Promise<readonly string[]> {
    return (await this.slotsOf(ownerIdOf(tenant, owner))).map(({ cartId }) => cartId);
  }

  /** Only if this cart has it. */
  async release(place: CartSlot, cartId: string): Promise<void> {
    const _id = ownerIdOf(place.tenant, place.owner);
    const found = await this.owners.update({ _id }, { $pull: { slots: { slot: slotOf(place), cartId } } });
    if (found) await this.owners.remove({ _id, slots: op({ $size: 0 }) });
  }

  private async take(place: CartSlot, cartId: string, most: number | undefined): Promise<boolean> {
    const slot = slotOf(place);
    const _id = ownerIdOf(place.tenant, place.owner);
    const room = most === undefined ? {} : { [`slots.${most - 1}`]: op({ $exists: false }) };
    const free = { _id, 'slots.slot': op({ $ne: slot }), ...room };
    for (;;) {
      if (await this.owners.updateOrInsert(free, { $push: { slots: { slot, cartId } } })) return true;
      // The slot was not free, or there is no room, or a concurrent call for another slot has just made the owner's
      // first document.
      const slots = await this.slotsOf(_id);
      const holder = slots.find((one) => one.slot === slot)?.cartId;
      if (holder !== undefined) return holder === cartId;
      if (most !== undefined && slots.length >= most) throw new NoRoom();
    }
  }

  private exchange(place: CartSlot, from: string, by: string): Promise<boolean> {
    const _id = ownerIdOf(place.tenant, place.owner);
    const held = op({ $elemMatch: { slot: slotOf(place), cartId: from } });
    return this.owners.update({ _id, slots: held }, { $set: { 'slots.$.cartId': by } });
  }

  private async slotsOf(ownerId: string): Promise<readonly SlotRow[]> {
    return (await this.owners.find(ownerId))?.slots ?? [];
  }
}
