import type { Customer } from '../../customer/customer.types.js';
import type { MovedCart, Part } from '../../moving/moved.types.js';
import { MovingRecords } from '../../moving/moving.repository.js';
import type { Session } from '../../session/session.types.js';
import { CartSlots } from './cart-slots.js';
import { cartCodec, type CartRow } from './cart.row.js';
import { customerCodec, type CustomerRow } from './customers/customer.mongo.js';
import type { MongoLink } from './link/mongo-link.js';
import { Records } from './rows/records.js';
import { idOf, op, type Row, Rows } from './rows/rows.js';
import { sessionCodec, type SessionRow } from './sessions/session.row.js';

export class MongoMovingRecords extends MovingRecords {
  private readonly customerRows: Rows<CustomerRow>;
  private readonly sessionRows: Rows<SessionRow>;
  private readonly cartRecords: Records<MovedCart['cart'], CartRow>;
  private readonly slots: CartSlots;

  constructor(link: MongoLink) {
    super();
    this.customerRows = new Rows(link, 'customers');
    this.sessionRows = new Rows(link, 'sessions');
    this.cartRecords = new Records(new Rows<CartRow>(link, 'carts'), cartCodec);
    this.slots = new CartSlots(link);
  }

  override async customers(tenant: string, limit: number, after?: string): Promise<Part<Customer>> {
    const { rows, ...next } = await partOf(this.customerRows, tenant, limit, after);
    return { rows: rows.map((row) => customerCodec.fromRow(row)), ...next };
  }

  override async carts(tenant: string, limit: number, after?: string): Promise<Part<MovedCart>> {
    const { rows, ...next } = await partOf(this.cartRecords.rows, tenant, limit, after);
    const moved = rows.map(async (row) => {
      const cart = cartCodec.fromRow(row);
      return { cart, holdsSlot: cart.status === 'OPEN' && (await this.slots.holder(cart)) === cart.id };
    });
    return { rows: await Promise.all(moved), ...next };
  }

  override async sessions(tenant: string, limit: number, after?: string): Promise<Part<Session>> {
    const { rows, ...next } = await partOf(this.sessionRows, tenant, limit, after);
    return { rows: rows.map((row) => sessionCodec.fromRow(row)), ...next };
  }

  override async addCart({ cart, holdsSlot }: MovedCart): Promise<boolean> {
    if (await this.cartRecords.find(idOf(cart.tenant, cart.id))) return false;
    // First, as it is for every cart: a claim without a cart is repaired by its readers.
    if (holdsSlot) await this.slots.claimOn(cart).take(cart.id);
    return this.cartRecords.insert(cart);
  }
}

/** By `_id`, which begins with the tenant. What is no record any more has no tenant. */
async function partOf<R extends Row>(
  of: Rows<R>,
  tenant: string,
  limit: number,
  after = '',
): Promise<Part<R>> {
  const _id = op({ $gt: idOf(tenant, after), $lt: `${tenant}0` });
  const rows = await of.list({ tenant, _id }, { sort: { _id: 1 }, hint: { _id: 1 }, limit });
  const last = rows.at(-1);
  return { rows, ...(rows.length === limit && last && { next: last._id.slice(tenant.length + 1) }) };
}
