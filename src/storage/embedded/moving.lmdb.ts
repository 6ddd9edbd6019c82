import type { Customer } from '../../customer/customer.types.js';
import type { MovedCart, Part } from '../../moving/moved.types.js';
import { MovingRecords } from '../../moving/moving.repository.js';
import type { Session } from '../../session/session.types.js';
import type { LmdbCartRepository } from './cart.lmdb.js';
import type { LmdbCustomerRepository } from './customers/customer.lmdb.js';
import type { LmdbSessionRepository } from './sessions/session.lmdb.js';

export class LmdbMovingRecords extends MovingRecords {
  constructor(
    private readonly ofCustomers: LmdbCustomerRepository,
    private readonly ofCarts: LmdbCartRepository,
    private readonly ofSessions: LmdbSessionRepository,
  ) {
    super();
  }

  override async customers(tenant: string, limit: number, after?: string): Promise<Part<Customer>> {
    return partOf(this.ofCustomers.some(tenant, limit, after), limit, ({ id }) => id);
  }

  override async carts(tenant: string, limit: number, after?: string): Promise<Part<MovedCart>> {
    return partOf(this.ofCarts.some(tenant, limit, after), limit, ({ cart }) => cart.id);
  }

  override async sessions(tenant: string, limit: number, after?: string): Promise<Part<Session>> {
    return partOf(this.ofSessions.some(tenant, limit, after), limit, ({ sessionId }) => sessionId);
  }

  override addCart(moved: MovedCart): Promise<boolean> {
    return this.ofCarts.add(moved);
  }
}

function partOf<T>(rows: readonly T[], limit: number, idOf: (row: T) => string): Part<T> {
  const last = rows.at(-1);
  return { rows, ...(rows.length === limit && last !== undefined && { next: idOf(last) }) };
}
