import { Schema, type SchemaDefinition } from 'mongoose';

/**
 * Only the adapters make and read rows, so the schemas declare only what is queried, and no objects or lists, because
 * mongoose would add empty ones. `minimize` would drop our empty objects, such as the mixins of most records, and
 * mongoose would take our field `id` for another name of `_id`.
 */
const schemaOf = (queried: SchemaDefinition = {}): Schema =>
  new Schema({ _id: String, ...queried }, { strict: false, minimize: false, id: false, versionKey: false });

/** Erased within a minute after its date, by the server's clock. */
const ERASED_AT_ITS_DATE = { expireAfterSeconds: 0 } as const;

/** The index for a tenant's list that is sorted by this path. */
export const sortIndex = (path: string): Record<string, 1> => ({ tenant: 1, [path]: 1, _id: 1 });

/** An index for each path that a list can be sorted by: it is filtered in that order, and never sorted in memory. */
export function sortedBy(schema: Schema, ...paths: string[]): Schema {
  for (const path of paths) schema.index(sortIndex(path), { name: `sorted_by_${path}` });
  return schema;
}

/** Lists of sessions, the newest first; see session-directory.mongo.ts. */
const newestOf = (path: string): Record<string, 1 | -1> => ({ tenant: 1, [path]: 1, createdAt: -1, _id: -1 });
export const SESSIONS_OF_FACETS = newestOf('facets');
/** With their facets, so that a walk reads the index alone. */
export const SESSIONS_BY_TIME = { tenant: 1, createdAt: -1, _id: -1, facets: 1 } as const;
export const SESSIONS_OF_CUSTOMER = newestOf('customerId');
export const SESSIONS_OF_CART = newestOf('context.cartId.value');

const sessions = schemaOf({
  tenant: String,
  customerId: String,
  rev: String,
  facets: String,
  createdAt: Date,
  endsAt: Date,
});
// A customer's session has no such date, and is never erased.
sessions.index({ 'lifetime.goneAt': 1 }, { name: 'gone_at', ...ERASED_AT_ITS_DATE });
sessions.index(SESSIONS_OF_FACETS, { name: 'newest_of_facets' });
sessions.index(SESSIONS_BY_TIME, { name: 'newest' });
sessions.index(SESSIONS_OF_CUSTOMER, {
  name: 'newest_of_customer',
  partialFilterExpression: { customerId: { $exists: true } },
});
sessions.index(SESSIONS_OF_CART, {
  name: 'newest_of_cart',
  partialFilterExpression: { 'context.cartId.value': { $exists: true } },
});

/** Sessions that hold a customer's token from a cookie; see `idsProvenBy`. */
const PROVEN = 'vtex.cookies.token.claims.sub';
sessions.index(
  { tenant: 1, [PROVEN]: 1 },
  { name: 'proven_by_cookie', partialFilterExpression: { [PROVEN]: { $exists: true } } },
);

/** Sessions whose end an instance has to tell of. */
export const SESSIONS_BY_END = { endsAt: 1 } as const;
sessions.index(SESSIONS_BY_END, {
  name: 'ends_at',
  partialFilterExpression: { endsAt: { $exists: true } },
});

/** Records with events that are not in the log yet. */
export const UNSENT = { 'outbox.id': 1 } as const;
const withOutbox = (schema: Schema): Schema =>
  schema.index(UNSENT, {
    name: 'unsent',
    partialFilterExpression: { 'outbox.id': { $exists: true } },
  });
withOutbox(sessions);

const fenced = { fencedUntil: Date, rev: String };
const fence = ['fence', { fencedUntil: 1 }] as const;

const carts = sortedBy(
  schemaOf({ ...fenced, tenant: String, reviewAt: Date, createdAt: Date, modifiedAt: Date }),
  'id',
  'createdAt',
  'modifiedAt',
);
carts.index({ reviewAt: 1 }, { name: 'review_at', partialFilterExpression: { reviewAt: { $exists: true } } });
withOutbox(carts);
carts.index(fence[1], { name: fence[0], ...ERASED_AT_ITS_DATE });

const customers = sortedBy(
  schemaOf({ ...fenced, tenant: String, createdAt: Date, legacy: String }),
  'id',
  'createdAt',
  'contactEmail',
  'lastName',
);
withOutbox(customers);
customers.index(fence[1], { name: fence[0], ...ERASED_AT_ITS_DATE });
customers.index(
  { 'endingSessions.since': 1 },
  { name: 'ending_sessions', partialFilterExpression: { 'endingSessions.since': { $exists: true } } },
);

/**
 * Both answer a search from the index alone. Customers that an earlier version has written have no place, and are found
 * as null.
 */
export const CUSTOMERS_BY_PLACE = { 'search.place': 1, 'search.text': 1 } as const;
export const CUSTOMERS_BY_WORD = { tenant: 1, 'search.words': 1, 'search.place': 1 } as const;
customers.index(CUSTOMERS_BY_PLACE, { name: 'newest' });
customers.index(CUSTOMERS_BY_WORD, { name: 'words' });

/** For lists of sessions by segment; see session-directory.mongo.ts. */
export const CUSTOMERS_BY_PROFILE = { tenant: 1, 'search.profile': 1 } as const;
customers.index(CUSTOMERS_BY_PROFILE, { name: 'profiles' });

/** Customers whose password came from another system, for a time. */
export const LEGACY_CUSTOMERS = { legacy: 1, id: 1 } as const;
customers.index(LEGACY_CUSTOMERS, {
  name: 'legacy_passwords',
  partialFilterExpression: { legacy: { $exists: true } },
});

const signingKeys = schemaOf({ createdAt: Date });
signingKeys.index({ createdAt: -1, _id: 1 }, { name: 'newest_first' });

/** All prices of an item that a match may take, in one look at the index; see docs/scaling.md. */
export const PRICES_OF_ITEM = { tenant: 1, 'itemId.id': 1, currency: 1, audience: 1 } as const;
export const PRICES_OF_MODEL = { tenant: 1, priceModelId: 1 } as const;

const prices = sortedBy(
  schemaOf({
    tenant: String,
    rev: String,
    createdAt: Date,
    modifiedAt: Date,
    validFrom: Date,
    validTo: Date,
  }),
  'id',
  'itemId.id',
  'createdAt',
  'modifiedAt',
);
prices.index(PRICES_OF_ITEM, { name: 'prices_of_item' });
prices.index(PRICES_OF_MODEL, { name: 'prices_of_model' });

/** Lists of a site that a match may take, in one look at the index. */
export const PRICE_LISTS_OF_READER = { tenant: 1, siteCode: 1, readers: 1 } as const;
const priceLists = sortedBy(
  schemaOf({
    tenant: String,
    rev: String,
    siteCode: String,
    createdAt: Date,
    modifiedAt: Date,
    validFrom: Date,
    validTo: Date,
  }),
  'id',
  'createdAt',
  'modifiedAt',
);
priceLists.index(PRICE_LISTS_OF_READER, { name: 'of_reader' });

export const LIST_PRICES_OF_ITEM = { tenant: 1, 'itemId.id': 1, priceListId: 1 } as const;
export const LIST_PRICES_OF_ID = { tenant: 1, id: 1 } as const;
export const LIST_PRICES_OF_MODEL = { tenant: 1, priceModelId: 1 } as const;
/** The index for the prices of one list, sorted by this path. */
export const sortIndexOfList = (path: string): Record<string, 1> => ({
  tenant: 1,
  priceListId: 1,
  [path]: 1,
  _id: 1,
});
const listPrices = schemaOf({
  tenant: String,
  rev: String,
  priceListId: String,
  createdAt: Date,
  modifiedAt: Date,
});
for (const path of ['id', 'itemId.id', 'createdAt', 'modifiedAt']) {
  listPrices.index(sortIndexOfList(path), { name: `sorted_by_${path}` });
}
listPrices.index(LIST_PRICES_OF_ITEM, { name: 'of_item' });
listPrices.index(LIST_PRICES_OF_ID, { name: 'of_id' });
listPrices.index(LIST_PRICES_OF_MODEL, { name: 'of_model' });

const outbox = sortedBy(
  schemaOf({ tenant: String, rev: String, dueAt: Date, createdAt: Date, erasedAt: Date }),
  'createdAt',
);
outbox.index({ dueAt: 1 }, { name: 'due_at', partialFilterExpression: { dueAt: { $exists: true } } });
outbox.index({ erasedAt: 1 }, { name: 'erased_at', ...ERASED_AT_ITS_DATE });

const jobs = schemaOf({ tenant: String, rev: String, dueAt: Date, erasedAt: Date });
jobs.index({ dueAt: 1 }, { name: 'due_at', partialFilterExpression: { dueAt: { $exists: true } } });
jobs.index({ erasedAt: 1 }, { name: 'erased_at', ...ERASED_AT_ITS_DATE });

/** Rows of rate-limiter-flexible, under its own names of fields. The shard key is `key`, for it is unique. */
const rateCounters = new Schema({ key: String, expire: Date }, { strict: false, versionKey: false });
rateCounters.index({ key: 1 }, { name: 'key', unique: true });
rateCounters.index({ expire: 1 }, { name: 'expire', ...ERASED_AT_ITS_DATE });

const impersonations = schemaOf({ tenant: String, customerId: String });
impersonations.index({ tenant: 1, begunAt: -1 }, { name: 'newest_of_tenant' });
impersonations.index({ tenant: 1, customerId: 1 }, { name: 'of_customer' });

// `_id` begins with the tenant and sorts by time, so each of these gives a page in its order.
const audit = schemaOf({ erasedAt: Date });
audit.index({ 'actor.id': 1, _id: -1 }, { name: 'by_actor' });
audit.index({ action: 1, _id: -1 }, { name: 'by_action' });
audit.index({ 'target.id': 1, _id: -1 }, { name: 'by_target' });
audit.index({ result: 1, _id: -1 }, { name: 'by_result' });
audit.index({ erasedAt: 1 }, { name: 'erased_at', ...ERASED_AT_ITS_DATE });

const idempotencyKeys = schemaOf({ claim: String, erasedAt: Date });
idempotencyKeys.index({ erasedAt: 1 }, { name: 'erased_at', ...ERASED_AT_ITS_DATE });

const consoleLinks = schemaOf({ endsAt: Date });
consoleLinks.index({ endsAt: 1 }, { name: 'ends_at', ...ERASED_AT_ITS_DATE });

const spentJwts = schemaOf({ endsAt: Date });
spentJwts.index({ endsAt: 1 }, { name: 'ends_at', ...ERASED_AT_ITS_DATE });

export const EVENTS_IN_ORDER = { tenant: 1, position: 1 } as const;
export const EVENTS_OF_PERSON = { tenant: 1, person: 1 } as const;
export const EVENTS_OF_SUBJECT = { tenant: 1, subject: 1 } as const;
const events = schemaOf({ tenant: String, position: String, person: String, subject: String, time: Date });
events.index(EVENTS_IN_ORDER, { name: 'in_order' });
events.index(EVENTS_OF_SUBJECT, { name: 'of_subject' });
events.index(EVENTS_OF_PERSON, {
  name: 'of_person',
  partialFilterExpression: { person: { $exists: true } },
});
events.index({ time: 1 }, { name: 'by_time' });

const eventInterests = schemaOf({ tenant: String, until: Date });
eventInterests.index({ until: 1 }, { name: 'until', ...ERASED_AT_ITS_DATE });
const webhooks = schemaOf({ rev: String, active: Boolean });
webhooks.index({ active: 1 }, { name: 'active', partialFilterExpression: { active: true } });

const webhookDeliveries = sortedBy(
  schemaOf({
    tenant: String,
    rev: String,
    webhookId: String,
    subject: String,
    position: String,
    dueAt: Date,
    createdAt: Date,
    erasedAt: Date,
  }),
  'createdAt',
);
const OPEN = { partialFilterExpression: { dueAt: { $exists: true } } } as const;
export const DELIVERIES_BY_DUE = { tenant: 1, webhookId: 1, dueAt: 1, position: 1 } as const;
export const DELIVERIES_BY_SUBJECT = { tenant: 1, webhookId: 1, subject: 1, position: 1 } as const;
webhookDeliveries.index(DELIVERIES_BY_DUE, { name: 'by_due', ...OPEN });
webhookDeliveries.index(DELIVERIES_BY_SUBJECT, { name: 'by_subject', ...OPEN });
webhookDeliveries.index({ erasedAt: 1 }, { name: 'erased_at', ...ERASED_AT_ITS_DATE });

/** What lists of client management can be sorted by. */
const managed = (...paths: string[]): Schema =>
  sortedBy(
    schemaOf({ tenant: String, rev: String, customerId: String, createdAt: Date, modifiedAt: Date }),
    'id',
    'type',
    'createdAt',
    'modifiedAt',
    ...paths,
  );
const contactAssignments = managed();
export const ASSIGNMENTS_OF_CUSTOMER = { tenant: 1, customerId: 1 } as const;
contactAssignments.index(ASSIGNMENTS_OF_CUSTOMER, { name: 'of_customer' });

/**
 * By the names of their collections. Each `_id` begins with the tenant, where there is one, and is what every
 * hot query asks for, so that `{ _id: 'hashed' }` is the shard key of all of them but the counters.
 */
export const SCHEMAS = {
  tenants: schemaOf({ rev: String }),
  tenant_deletions: schemaOf(),
  clients: sortedBy(schemaOf({ tenant: String, rev: String }), 'clientId'),
  spent_jwts: spentJwts,
  signing_keys: signingKeys,
  tenant_sites: schemaOf({ rev: String }),
  customers,
  customer_emails: schemaOf({ customerId: String }),
  sessions,
  carts,
  cart_owners: schemaOf(),
  prices,
  tenant_price_models: schemaOf({ rev: String }),
  price_lists: priceLists,
  list_prices: listPrices,
  discounts: sortedBy(schemaOf({ tenant: String }), 'code'),
  outbox,
  rate_counters: rateCounters,
  vtex_settings: schemaOf({ rev: String }),
  impersonations,
  erasures: schemaOf(),
  jobs,
  audit,
  idempotency_keys: idempotencyKeys,
  console_links: consoleLinks,
  events,
  event_heads: schemaOf(),
  event_interests: eventInterests,
  webhooks,
  webhook_cursors: schemaOf({ rev: String }),
  webhook_deliveries: webhookDeliveries,
  legal_entities: managed('name'),
  contact_assignments: contactAssignments,
  locations: managed('name'),
} as const satisfies Record<string, Schema>;

export type Collection = keyof typeof SCHEMAS;
