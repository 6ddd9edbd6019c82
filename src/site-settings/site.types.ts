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

export type TaxBasis = 'BILLING_ADDRESS' | 'SHIPPING_ADDRESS';

/** Parts that are kept for the client and mean nothing here. */
export interface SiteServices {
  readonly payment?: readonly JsonObject[];
  readonly shipping?: readonly JsonObject[];
  readonly tax?: readonly JsonObject[];
  readonly assistedBuying?: JsonObject;
}

/** Commerce settings of one shop of a tenant (behaviour W-56). */
export interface Site {
  readonly tenant: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  /** Exactly one site of a tenant is. It is active, and it can't be removed. */
  readonly default: boolean;
  readonly includesTax?: boolean;
  /** ISO 639-1 */
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  /** ISO 4217 */
  readonly currency: string;
  /** `currency` is always among them. */
  readonly availableCurrencies: readonly string[];
  readonly homeBase: HomeBase;
  /** ISO 3166-1 alpha-2 */
  readonly shipToCountries: readonly string[];
  readonly taxDeterminationBasedOn: TaxBasis;
  /** Decimal places of cart totals. */
  readonly cartCalculationScale?: number;
  /** Groups whose members only may use this site; absent: everybody. */
  readonly onlyForGroups?: readonly string[];
  /** The tenant's own data, stored as it came. */
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  readonly services: SiteServices;
  /** `metadata.version`: 1 when made, and one more with each change. */
  readonly version: number;
}

/** All that a client decides of a site; what may be left out has a default. */
export interface SiteDraft {
  readonly name: string;
  readonly active?: boolean;
  readonly default?: boolean;
  readonly includesTax?: boolean;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  readonly currency: string;
  readonly availableCurrencies?: readonly string[];
  readonly homeBase: HomeBase;
  readonly shipToCountries: readonly string[];
  readonly taxDeterminationBasedOn?: TaxBasis;
  readonly cartCalculationScale?: number;
  readonly mixins?: JsonObject;
  readonly mixinSchemas?: JsonObject;
  readonly services?: SiteServices;
}

export interface HomeBaseChanges {
  readonly address?: Partial<SiteAddress>;
  readonly location?: HomeBase['location'];
  readonly timezone?: string;
}

/** What a client changes of a site; a field that is not named stays. */
export type SiteChanges = Partial<Omit<SiteDraft, 'homeBase'>> & { readonly homeBase?: HomeBaseChanges };

/** The site that a client read before it sent a change, as far as it tells. */
export interface SiteBasis {
  readonly code?: string;
  readonly version?: number;
}
