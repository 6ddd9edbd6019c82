/** What the admin API answers; described in openapi.json. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface SessionItem {
  readonly sessionId: string;
  readonly kind: 'anonymous' | 'customer';
  readonly state: 'alive' | 'dormant';
  readonly customerId?: string;
  readonly email?: string;
  readonly clientId: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly endsAt?: string;
  readonly siteCode?: string;
  readonly currency?: string;
  readonly targetLocation?: string;
  readonly language?: string;
  readonly cartId?: string;
  readonly hasContext: boolean;
  readonly version?: number;
}

export interface Counted {
  readonly kind?: string;
  readonly siteCode?: string;
  readonly currency?: string;
  readonly segment?: string;
  readonly sessions: number;
}

export interface Counts {
  readonly total: number;
  readonly counts: readonly Counted[];
  readonly asOf: string;
}

export type Attributes = Readonly<Record<string, unknown>>;

export interface Context {
  readonly siteCode: string;
  readonly currency: string;
  readonly targetLocation: string;
  readonly language: string;
  readonly cartId?: string;
  readonly customerId?: string;
  readonly context: Attributes;
  readonly metadata: { readonly version: number; readonly modifiedAt: string };
}

export interface ExplainedValue {
  readonly name: string;
  readonly contextName?: string;
  readonly value: unknown;
  readonly source: string;
  readonly since?: string;
}

export interface Explanation {
  readonly cart?: { readonly id: string; readonly siteCode: string; readonly currency: string };
  readonly values: readonly ExplainedValue[];
}

export interface SessionCart {
  readonly id: string;
  readonly site: string;
  readonly currency: string;
  readonly total: number;
  readonly items: readonly {
    readonly id: string;
    readonly itemYrn?: string;
    readonly quantity: number;
    readonly total: number;
  }[];
}

export interface OneSession extends SessionItem {
  /** The company that the customer buys for. */
  readonly legalEntityId?: string;
  readonly context?: Context;
  readonly explain?: Explanation;
  readonly segment?: string;
  readonly cart?: SessionCart;
}

export interface HistoryItem {
  readonly at: string;
  readonly version: number;
  readonly by: { readonly kind: string; readonly id?: string; readonly agent?: string };
  readonly source: string;
  readonly reason?: string;
  readonly changes: readonly FieldChange[];
  readonly changesOmitted?: number;
}

export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly valuesOmitted?: boolean;
}

export interface DryRun {
  readonly rounds: readonly {
    readonly kind: 'create' | 'transform';
    readonly calls: readonly DryCall[];
  }[];
  readonly changes: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly looping: readonly string[];
  readonly ignored: readonly string[];
  readonly missing: readonly string[];
}

export interface DryCall {
  readonly app: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string | null>>;
  readonly milliseconds: number;
}

export interface CustomerItem {
  readonly id: string;
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly createdAt: string;
  readonly preferredSite?: string;
  readonly preferredCurrency?: string;
  readonly active: boolean;
  readonly onHold: boolean;
  readonly sessions: number;
}

export interface Address {
  readonly id: string;
  readonly contactName?: string;
  readonly street?: string;
  readonly streetNumber?: string;
  readonly zipCode?: string;
  readonly city?: string;
  readonly country?: string;
  readonly tags?: readonly string[];
  readonly isDefault?: boolean;
}

export interface OneCustomer extends CustomerItem {
  readonly customerNumber?: string;
  readonly company?: string;
  readonly b2b?: { readonly legalEntities?: readonly { readonly id: string; readonly name?: string }[] };
  readonly contactPhone?: string;
  readonly preferredLanguage?: string;
  readonly groups: readonly string[];
  readonly addresses: readonly Address[];
  readonly carts: number;
}

/** A company or a subsidiary. */
export interface LegalEntity {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly parentId?: string;
  readonly accountLimit?: { readonly currency?: string; readonly value?: number };
  readonly legalInfo?: {
    readonly legalName?: string;
    readonly taxRegistrationNumber?: string;
    readonly registrationAgency?: string;
    readonly countryOfRegistration?: string;
    readonly registrationId?: string;
  };
  readonly customerGroups?: readonly { readonly id: string }[];
  readonly entitiesAddresses?: readonly CompanyLocation[];
  readonly approvalGroup?: readonly Contact[];
  readonly metadata: { readonly createdAt: string };
}

export interface CompanyLocation {
  readonly id: string;
  readonly name?: string;
  readonly type: string;
  readonly contactDetails: {
    readonly emails?: readonly string[];
    readonly phones?: readonly string[];
    readonly addressLine1?: string;
    readonly addressLine2?: string;
    readonly city?: string;
    readonly postcode?: string;
    readonly countryCode?: string;
  };
}

/** A customer who may act for a legal entity. */
export interface Contact {
  readonly id: string;
  readonly customer: {
    readonly id: string;
    readonly name?: string;
    readonly surname?: string;
    readonly email?: string;
    readonly phone?: string;
  };
  readonly type: string;
  readonly primary: boolean;
}

export interface PriceList {
  readonly id: string;
  /** By language. */
  readonly name: Readonly<Record<string, string>>;
  readonly siteCode: string;
  readonly currency?: string;
  readonly countries?: readonly string[];
  readonly customerGroups?: readonly string[];
  readonly legalEntityId?: string;
  readonly validity?: { readonly from?: string; readonly to?: string };
}

export interface ListPrice {
  readonly id: string;
  readonly itemId: { readonly itemType: string; readonly id: string };
  readonly priceModelId?: string;
  readonly tierValues: readonly { readonly id?: string; readonly priceValue: number }[];
}

export interface FoundCart {
  readonly id: string;
  readonly siteCode: string;
  readonly currency: string;
  readonly status?: string;
  readonly totalPrice?: { readonly amount: number; readonly currency?: string };
  readonly totalUnitsCount?: number;
}

export interface Erased {
  readonly erased: Readonly<Record<string, number>>;
}

export interface SegmentItem {
  readonly segmentToken: string;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly sessions: number;
}

export interface AuditItem {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  readonly network?: string;
  readonly reason?: string;
  readonly result: string;
  readonly requestId: string;
}

export interface Site {
  readonly code: string;
  readonly name: string;
  readonly active?: boolean;
  readonly default?: boolean;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  readonly currency: string;
  readonly availableCurrencies?: readonly string[];
  readonly shipToCountries: readonly string[];
  readonly homeBase: { readonly address: { readonly country: string; readonly city?: string } };
  readonly metadata?: { readonly version?: number };
}

export interface Client {
  readonly clientId: string;
  readonly kind: 'storefront' | 'backend';
  readonly name?: string;
  readonly enabled: boolean;
  readonly scopes: readonly string[];
  readonly hasSecret: boolean;
  readonly earlierSecretsEndAt: readonly string[];
  /** As they are sent back; in the order of `keys`. */
  readonly jwks?: { readonly keys: readonly unknown[] };
  readonly keys?: readonly ClientKey[];
  readonly jwksUri?: string;
  readonly metadata: { readonly version: number; readonly createdAt: string; readonly modifiedAt: string };
}

/** A public key that verifies what the client signs. */
export interface ClientKey {
  readonly kid?: string;
  readonly kty: string;
  readonly crv?: string;
  readonly alg?: string;
  readonly thumbprint: string;
  readonly addedAt?: string;
}

/** An entry of the tenant's settings that is edited as JSON. */
export interface Entry {
  readonly id: string;
  readonly metadata: { readonly version: number };
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string;
  readonly enabled: boolean;
  readonly switchedOff?: 'gone';
  readonly metadata: { readonly version: number };
}

export interface WebhookDelivery {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly state: 'pending' | 'failed' | 'delivered';
  readonly attempts: number;
  readonly lastStatus?: number;
  readonly lastError?: string;
  readonly nextAttemptAt?: string;
  readonly createdAt: string;
}

export interface WebhookTest {
  readonly delivered: boolean;
  readonly status?: number;
  readonly error?: string;
}

export interface SessionApp {
  readonly name: string;
  readonly builtIn: boolean;
  readonly installed: boolean;
  readonly input: Readonly<Record<string, readonly string[]>>;
  readonly output: Readonly<Record<string, readonly string[]>>;
  readonly runOnCreate: boolean;
  readonly url?: string;
  readonly metadata?: { readonly version: number };
}
