import { eventsOf } from '../../events/event.rules.js';
import type { EventType, StoredEvent } from '../../events/event.types.js';
import type { Customer } from '../customer.types.js';

/** Returns the event of a write of a customer. A login or a new password changes nothing that is told. */
export function eventsOfCustomer(
  before: Customer | undefined,
  after: Customer | undefined,
  now: Date,
): readonly StoredEvent[] {
  const type = typeOf(before, after);
  const customer = after ?? before;
  if (!type || !customer) return [];
  const { tenant, id, createdAt, version } = customer;
  const write = { tenant, subject: id, createdAt, revision: after ? version : version + 1, time: now };
  return eventsOf(write, [{ type, data: { customerId: id } }]);
}

function typeOf(before: Customer | undefined, after: Customer | undefined): EventType | undefined {
  if (!before) return 'onesession.customer.created';
  if (!after) return 'onesession.customer.erased';
  return after.version === before.version ? undefined : 'onesession.customer.changed';
}
