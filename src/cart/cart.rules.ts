import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';
import type { Cart, CartAddress, CartLimits, CartOwner, CartSlot } from './cart.types.js';

/** Fields that a client may set when a cart is created and later. */
interface CartFields {
  readonly customerId?: string;
  readonly type?: string;
  readonly legalEntityId?: string;
  readonly channel?: Cart['channel'];
  readonly addresses?: readonly CartAddress[];
  readonly mixins?: JsonObject;
  readonly mixinSchemas?: JsonObject;
}

export interface CartDraft extends CartFields {
  readonly siteCode?: string;
  readonly currency: string;
  readonly sessionValidated?: boolean;
}

/** Absent fields keep their value. */
export interface CartChanges extends CartFields {
  readonly currency?: string;
  readonly zipCode?: string;
  readonly countryCode?: string;
  readonly status?: Cart['status'];
  /** The version that the caller read. The change is refused if it is not the current one. */
  readonly version?: number;
}

/** The place that a cart would be shipped to. */
export type ShipTo = Pick<CartChanges, 'zipCode' | 'countryCode'>;

/** What a new cart gets besides the fields of its draft. */
export interface CartOrigin {
  readonly id: string;
  readonly tenant: string;
  readonly siteCode: string;
  readonly owner: CartOwner;
  readonly sessionId?: string;
  /** When the session's refresh window closes. Absent when it has no fixed end. */
  readonly goneAt?: Date;
}

export const cartYrn = ({ tenant, id }: Pick<Cart, 'tenant' | 'id'>): string =>
  `urn:yaas:saasag:cart:cart:${tenant};${id}`;

export function newCart(draft: CartDraft, origin: CartOrigin, now: Date): Cart {
  const { type, legalEntityId, channel } = draft;
  const { sessionId, goneAt, ...named } = origin;
  const anonymous = origin.owner.kind === 'session';
  return {
    ...given({ type, legalEntityId, channel, sessionId, reviewAt: anonymous ? goneAt : undefined }),
    ...named,
    status: 'OPEN',
    currency: draft.currency,
    sessionValidated: anonymous && draft.sessionValidated === true,
    items: [],
    nextItemId: 0,
    addresses: draft.addresses ?? [],
    mixins: draft.mixins ?? {},
    mixinSchemas: draft.mixinSchemas ?? {},
    createdAt: now,
    modifiedAt: now,
    version: 1,
  };
}

/** @throws InvalidInput - one of the two is missing */
export function expectBothOrNeither({ zipCode, countryCode }: ShipTo): void {
  if ((zipCode === undefined) === (countryCode === undefined)) return;
  const missing = zipCode === undefined ? 'zipCode' : 'countryCode';
  throw InvalidInput.of(missing, 'is needed: zipCode and countryCode go together');
}

/** Fills in the requested place where the cart has none of its own. */
export const shippedTo = (cart: Cart, { zipCode, countryCode }: ShipTo): Cart => ({
  ...cart,
  ...given({ zipCode: cart.zipCode ?? zipCode, countryCode: cart.countryCode ?? countryCode }),
});

/** Returns the cart one version later. */
export const revised = (cart: Cart, now: Date): Cart => ({
  ...cart,
  version: cart.version + 1,
  modifiedAt: now,
});

/** Returns the cart unchanged when it is already closed. */
export const closed = (cart: Cart, now: Date): Cart =>
  cart.status === 'CLOSED' ? cart : revised({ ...cart, status: 'CLOSED' }, now);

/** Applies the changes; returns the cart unchanged when nothing differs. @throws VersionConflict | InvalidInput */
export function updated(cart: Cart, { version, customerId, ...changes }: CartChanges): Cart {
  expectVersion(cart, version);
  expectCurrency(cart, changes.currency);
  const fields = given(changes);
  const next = Object.keys(fields).length === 0 ? cart : { ...cart, ...fields };
  return customerId === undefined ? next : ownedBy(next, { kind: 'customer', customerId });
}

/** Makes a customer the owner. The cart then outlives the session that it was created in. */
export function ownedBy(cart: Cart, owner: CartOwner & { readonly kind: 'customer' }): Cart {
  if (cart.owner.kind === 'customer' && cart.owner.customerId === owner.customerId) return cart;
  const { reviewAt: _none, ...kept } = cart;
  const guests = cart.owner.kind === 'session' ? ({ wasGuests: true } as const) : {};
  return { ...kept, ...guests, owner, sessionValidated: false };
}

export const sameOwner = (a: CartOwner, b: CartOwner): boolean => keyOf(a) === keyOf(b);

export const sameSlot = (a: CartSlot, b: CartSlot): boolean =>
  sameOwner(a.owner, b.owner) &&
  a.siteCode === b.siteCode &&
  a.type === b.type &&
  a.legalEntityId === b.legalEntityId;

/** @throws TooLarge - the cart exceeds `limits.bytes` */
export function expectSize(cart: Cart, limits: Pick<CartLimits, 'bytes'>): Cart {
  const bytes = Buffer.byteLength(JSON.stringify(cart));
  if (bytes <= limits.bytes) return cart;
  throw new TooLarge(
    `The cart would have ${bytes} bytes: one cart has at most ${limits.bytes} (MAX_CART_BYTES)`,
  );
}

/** @throws InvalidInput - `count` exceeds `limits.lines` */
export function expectLines(count: number, limits: Pick<CartLimits, 'lines'>, field: string): void {
  if (count <= limits.lines) return;
  throw InvalidInput.of(
    field,
    `the cart would have ${count} lines: it holds at most ${limits.lines} (MAX_CART_LINES)`,
  );
}

const keyOf = (owner: CartOwner): string =>
  owner.kind === 'session' ? `session ${owner.sessionId}` : `customer ${owner.customerId}`;

function expectVersion(cart: Cart, expected: number | undefined): void {
  if (expected !== undefined && expected !== cart.version) throw new VersionConflict(expected, cart.version);
}

/** Item prices are in the currency of the cart, so it can change only while the cart is empty. */
function expectCurrency(cart: Cart, currency: string | undefined): void {
  if (currency === undefined || currency === cart.currency || cart.items.length === 0) return;
  throw InvalidInput.of(
    'currency',
    `must stay ${cart.currency} while the cart has items: use changeCurrency, or empty the cart first`,
  );
}

/** Drops undefined fields, which would otherwise overwrite the stored ones. */
function given(fields: Partial<Cart>): Partial<Cart> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
