import type { Cart } from '../../../src/cart/cart.types.js';
import type {
  ContactAssignment,
  LegalEntity,
  Location,
} from '../../../src/client-management/client-management.types.js';
import type { Customer } from '../../../src/customer/customer.types.js';
import type { ListPrice, PriceList } from '../../../src/price/price-list.types.js';
import type { PriceModel } from '../../../src/price/price-model.types.js';
import { ALWAYS, ANY, type Price } from '../../../src/price/price.types.js';
import { newContext } from '../../../src/session/context/context.rules.js';
import type { Session, SessionContext, VtexState } from '../../../src/session/session.types.js';
import { newId, newSessionId } from '../../../src/shared/ids.js';
import type { Site } from '../../../src/site-settings/site.types.js';

/** The time at which everything built here was made, unless a test says otherwise. */
export const BUILT_AT = new Date('2026-01-15T12:00:00.000Z');

/** An anonymous session without a context. It never ends. */
export const aSession = (over: Partial<Session> = {}): Session => ({
  tenant: 'acme',
  sessionId: newSessionId(),
  kind: 'anonymous',
  clientId: 'acme-storefront',
  epoch: newId(),
  revision: 1,
  createdAt: BUILT_AT,
  refreshTokens: { used: [] },
  asked: {},
  ...over,
});

/** What a session has of the VTEX dialect at its beginning. */
export const aVtexState = (over: Partial<VtexState> = {}): VtexState => ({
  publicValues: new Map(),
  chosen: {},
  computed: new Map(),
  seen: new Map(),
  cookies: new Map(),
  failed: [],
  heldUntil: BUILT_AT,
  ...over,
});

/** A context as a first cart on the main site makes it. */
export const aContext = (): SessionContext => {
  const initial = (value: string) => ({ value, source: 'site' }) as const;
  return newContext(
    {
      siteCode: initial('main'),
      currency: initial('EUR'),
      targetLocation: initial('DE'),
      language: initial('en'),
    },
    undefined,
    BUILT_AT,
  );
};

export const aCart = (over: Partial<Cart> = {}): Cart => ({
  tenant: 'acme',
  id: newId(),
  siteCode: 'main',
  owner: { kind: 'session', sessionId: newId() },
  status: 'OPEN',
  currency: 'EUR',
  sessionValidated: false,
  items: [],
  nextItemId: 0,
  addresses: [],
  mixins: {},
  mixinSchemas: {},
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
  ...over,
});

export const aCustomer = (over: Partial<Customer> = {}): Customer => ({
  tenant: 'acme',
  id: newId(),
  email: `${newId()}@acme.test`,
  passwordHash: 'hash',
  groups: [],
  addresses: [],
  mixins: {},
  createdAt: BUILT_AT,
  version: 1,
  ...over,
});

/** A German shop that sells in euros and is open to everybody. */
export const aSite = (code: string, over: Partial<Site> = {}): Site => ({
  tenant: 'acme',
  code,
  name: code,
  active: true,
  default: false,
  defaultLanguage: 'en',
  languages: ['en'],
  currency: 'EUR',
  availableCurrencies: ['EUR'],
  homeBase: { address: { country: 'DE' } },
  shipToCountries: ['DE'],
  taxDeterminationBasedOn: 'BILLING_ADDRESS',
  mixins: {},
  mixinSchemas: {},
  services: {},
  version: 1,
  ...over,
});

/** 19.90 EUR for an umbrella: everywhere, for everybody, without an end. */
export const aPrice = (over: Partial<Price> = {}): Price => ({
  tenant: 'acme',
  id: newId(),
  itemId: { itemType: 'PRODUCT', id: 'umbrella' },
  currency: 'EUR',
  country: ANY,
  sites: [ANY],
  audience: [ANY],
  validFrom: ALWAYS.from,
  validTo: ALWAYS.to,
  tierValues: [{ priceValue: 19.9 }],
  mixins: {},
  mixinSchemas: {},
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
  ...over,
});

export const aPriceModel = (over: Partial<PriceModel> = {}): PriceModel => ({
  tenant: 'acme',
  id: newId(),
  name: { en: 'Per piece' },
  includesTax: true,
  includesMarkup: false,
  default: false,
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierType: 'BASIC',
  tiers: [{ id: 'from-0', minQuantity: { quantity: 0, unitCode: 'pc' } }],
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
  ...over,
});

const aRecord = () => ({
  tenant: 'acme',
  id: newId(),
  mixins: {},
  mixinSchemas: {},
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
});

export const aLegalEntity = (over: Partial<LegalEntity> = {}): LegalEntity => ({
  ...aRecord(),
  name: 'Acme Tools',
  type: 'COMPANY',
  customerGroups: [],
  entitiesAddresses: [],
  approvalGroup: [],
  ...over,
});

export const aContactAssignment = (over: Partial<ContactAssignment> = {}): ContactAssignment => ({
  ...aRecord(),
  legalEntityId: newId(),
  customerId: newId(),
  type: 'CONTACT',
  primary: false,
  ...over,
});

export const aLocation = (over: Partial<Location> = {}): Location => ({
  ...aRecord(),
  type: 'OFFICE',
  contactDetails: {},
  ...over,
});

export const aPriceList = (over: Partial<PriceList> = {}): PriceList => ({
  ...aRecord(),
  name: { en: 'Wholesale' },
  names: ['Wholesale'],
  siteCode: 'main',
  currency: 'EUR',
  countries: [ANY],
  regions: [ANY],
  readers: [ANY],
  validFrom: ALWAYS.from,
  validTo: ALWAYS.to,
  ...over,
});

export const aListPrice = (over: Partial<ListPrice> = {}): ListPrice => ({
  tenant: 'acme',
  priceListId: 'wholesale',
  id: newId(),
  itemId: { itemType: 'PRODUCT', id: 'umbrella' },
  tierValues: [{ priceValue: 9.9 }],
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
  ...over,
});
