import type { JsonObject } from '../shared/json.js';

export interface SiteAddress {
  readonly street?: string;
  readonly streetNumber?: string;
  readonly streetAppendix?: string;
  readonly extraLine1?: string;
  readonly extraLine2?: string;
  readonly extraLine3?: string;
  readonly extraLine4?: string;
  readonly zipCode?: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly state?: string;
}

export interface HomeBase {
  readonly address: SiteAddress;
  readonly location?: { readonly latitude?: number; readonly longitude?: number };
  /** IANA name, e.g. `Europe/Berlin` */
  readonly timezone?: string;
}

/** Commerce settings of one shop of a tenant (behaviour W-56). */
export interface Site {
  readonly tenant: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  /** Exactly one site of a tenant is. */
  readonly default: boolean;
  readonly includesTax?: boolean;
  /** ISO 639-1 */
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  /** ISO 4217 */
  readonly currency: string;
  readonly availableCurrencies: readonly string[];
  readonly homeBase: HomeBase;
  /** ISO 3166-1 alpha-2 */
  readonly shipToCountries: readonly string[];
  readonly taxDeterminationBasedOn: 'BILLING_ADDRESS' | 'SHIPPING_ADDRESS';
  /** Decimal places of cart totals. */
  readonly cartCalculationScale?: number;
  /** Groups whose members only may use this site; absent: everybody. */
  readonly onlyForGroups?: readonly string[];
  /** The tenant's own data, stored as it came. */
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  /** Parts that are kept for the client and mean nothing here: shipping, payment, tax, assistedBuying. */
  readonly services: JsonObject;
  readonly version: number;
}
